// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.codec.CodecParser;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.plan.BlockSettings;
import io.connectot.modbus.plan.DeviceScan;
import io.connectot.modbus.plan.Isolation;
import io.connectot.modbus.plan.UnitHealth;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.WriteRequest;
import io.connectot.modbus.type.ByteOrdering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A scan of a Modbus device that responds immediately: planning, decoding, measurements. Per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
  /** The type of all tags. */
  @Param({"uint16", "float32", "float64"})
  public String type;

  private DeviceScan scan;

  /** Prepares a device with 25 tags, which are read with one request. */
  @Setup
  public void setUp() throws LineException {
    CodecParser codecs = new CodecParser(ByteOrdering.ABCD);
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    int address = 0;
    for (int i = 0; i < DECODED; i++) {
      TableAddress at =
          new TableAddress(ModbusTable.HOLDING_REGISTER, address, OptionalInt.empty());
      Codec codec = codecs.parse(at, Optional.of(type), new LineOptions(Map.of()));
      address += codec.quantity();
      tags.add(
          new Tag<>(
              "tag" + i,
              new ModbusTag(at, OptionalInt.empty(), codec),
              codec.valueType(),
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of()));
    }
    ModbusDevice settings = new ModbusDevice(null, Optional.empty(), 1, null);
    Device<ModbusDevice> device = new Device<>("device1", "", settings, Map.of());
    scan =
        new DeviceScan(
            device,
            new BlockSettings(125, 2000, 0, false, Isolation.BISECT, Duration.ofMinutes(5)),
            tags.stream().map(tag -> new Point<>(device, tag)).toList(),
            Map.of(),
            new ConstantConnection(),
            new UnitHealth(Duration.ofMinutes(1)),
            Clock.SYSTEM);
  }

  private static final int DECODED = 25;

  /** One scan. */
  @Benchmark
  @OperationsPerInvocation(DECODED)
  public void decode(Blackhole hole) throws ProtocolException {
    hole.consume(scan.run());
  }

  private static final class ConstantConnection implements ModbusConnection {
    private final byte[] data = new byte[250];

    @Override
    public void open() {}

    @Override
    public byte[] read(int unit, ModbusTable table, int address, int quantity) {
      return data;
    }

    @Override
    public byte[] identification(int unit, int category, int object) {
      return data;
    }

    @Override
    public void write(WriteRequest request) {
      throw new UnsupportedOperationException("the benchmark only reads");
    }

    @Override
    public boolean confirm() {
      return true;
    }

    @Override
    public String endpoint() {
      return "constant";
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
