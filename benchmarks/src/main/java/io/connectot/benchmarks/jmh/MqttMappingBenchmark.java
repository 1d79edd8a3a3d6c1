// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
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
 * Maps MQTT messages with 300 values in three levels of JSON: to measurements, to records, and as
 * they are. Per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MqttMappingBenchmark {
  private static final int VALUES = 300;
  private static final int LINES = 10;
  private static final int MACHINES = 6;
  private static final int TAGS = 5;
  private static final long RECEIVED = 1_795_953_600_000_000_000L;

  /** The format and the options of the subscription. */
  @Param({
    "format=object time=/at",
    "format=object time=/at exclude=*.t4 type=*.t0=float64 unit=*.t1=°C map=ON:true,OFF:false",
    "format=json"
  })
  public String line;

  private final InboundMessage[] messages = new InboundMessage[16];
  private InboundMessageMapper mapper;
  private RecordMapper records;
  private DeviceMapper deviceRecords;
  private int next;

  /** Performs the one-time preparation of a task. */
  @Setup
  public void setUp() {
    MqttSourceConfig config =
        new MqttSourceConfig(
            Map.of(
                "mqtt.brokers", "tcp://broker",
                "topic", "plant",
                "subscriptions.all", "plant/+ " + line));
    mapper = config.newMapper();
    records = RecordMapper.of(config.mapping(), List.of());
    deviceRecords = null;
    for (int i = 0; i < messages.length; i++) {
      messages[i] =
          new InboundMessage(
              1,
              "plant/gateway",
              payload(i).getBytes(StandardCharsets.UTF_8),
              1,
              false,
              false,
              1,
              MessageProperties.NONE);
    }
  }

  private static String payload(int seed) {
    StringJoiner lines = new StringJoiner(",", "{\"at\":" + (1_795_953_600L + seed) + ",", "}");
    for (int l = 0; l < LINES; l++) {
      StringJoiner machines = new StringJoiner(",", "\"line" + l + "\":{", "}");
      for (int m = 0; m < MACHINES; m++) {
        StringJoiner tags = new StringJoiner(",", "\"m" + m + "\":{", "}");
        for (int t = 0; t < TAGS; t++) {
          tags.add("\"t" + t + "\":" + value(t, seed + l + m));
        }
        machines.add(tags.toString());
      }
      lines.add(machines.toString());
    }
    return lines.toString();
  }

  private static String value(int tag, int seed) {
    return switch (tag) {
      case 0 -> String.valueOf(1000 + seed);
      case 1 -> String.valueOf(21.5 + seed / 8.0);
      case 2 -> String.valueOf(seed % 2 == 0);
      case 3 -> seed % 2 == 0 ? "\"ON\"" : "\"OFF\"";
      default -> String.valueOf(-seed / 4.0);
    };
  }

  private InboundMessage message() {
    next = (next + 1) % messages.length;
    return messages[next];
  }

  /** Mapping to measurements, or to the record of a payload that passes through. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public void map(Blackhole hole) throws PoisonMessageException {
    hole.consume(mapper.map(message(), RECEIVED, Ack.NONE));
  }

  /** The same, and the records of the measurements. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public void mapToRecords(Blackhole hole) throws PoisonMessageException {
    for (SourceEvent event : mapper.map(message(), RECEIVED, Ack.NONE).events()) {
      if (event instanceof io.connectot.core.model.Measurement measurement) {
        if (deviceRecords == null) {
          deviceRecords = records.forDevice(measurement.device());
        }
        deviceRecords.map(measurement, hole::consume);
      } else {
        hole.consume(event);
      }
    }
  }
}
