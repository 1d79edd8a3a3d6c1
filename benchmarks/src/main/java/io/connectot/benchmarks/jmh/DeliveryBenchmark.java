// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.converters.HeaderConverter;
import io.connectot.converters.JsonConverter;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.filter.ReportFilter;
import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.spi.SourceOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
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
 * The way of values from measurements to bytes: report filter, mapping, buffer, and what a worker
 * does with a record before its producer gets it, for many devices, so that what is kept of them
 * does not fit the processor's caches. Per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeliveryBenchmark {
  private static final int DEVICES = 40;

  /** Scans that the buffer holds before the worker takes them. */
  private static final int SCANS_AHEAD = 20;

  /** {@code record.layout}. */
  @Param public RecordLayout layout;

  private final List<Line> lines = new ArrayList<>();
  private final RecordBuffer buffer = new RecordBuffer(1_000_000, Long.MAX_VALUE);
  private final JsonConverter values = new JsonConverter();
  private final HeaderConverter headers = new HeaderConverter();
  private int step;

  /** A device with what a task keeps of it. */
  private static final class Line {
    private final List<Point<String>> points;
    private final DeviceMapper mapper;
    private final ReportFilter filter = new ReportFilter();
    private final Map<String, String> partition;
    private Map<String, Long> offset = SourceOffset.offset(0);

    Line(RecordLayout layout, Device<String> device) {
      this.points = SampleDevice.points(device, ReportPolicy.ALL);
      this.mapper = SampleDevice.mapper(layout, device, points);
      this.partition = SourceOffset.partition(device.name());
    }

    private List<io.connectot.core.model.Measurement> read(long nanos) {
      List<io.connectot.core.model.Measurement> scan = new ArrayList<>(points.size());
      for (int i = 0; i < points.size(); i++) {
        double value = ((nanos + i) & 0xffff) / 8.0;
        scan.add(
            io.connectot.core.model.Measurement.good(points.get(i), nanos, new DoubleValue(value)));
      }
      return scan;
    }

    private List<TrackedRecord> records(long nanos) {
      List<io.connectot.core.model.Measurement> scan = read(nanos);
      RecordBatch batch = new RecordBatch();
      mapper.map(scan, filter.report(scan, nanos), batch);
      Map<String, Long> before = offset;
      offset = SourceOffset.offset(nanos);
      return batch.untracked(partition, before, offset);
    }
  }

  /** Performs the one-time preparation of a task. */
  @Setup
  public void setUp() {
    values.configure(Map.of("schemas.enable", "false"), false);
    headers.configure(Map.of());
    for (int i = 0; i < DEVICES; i++) {
      lines.add(new Line(layout, SampleDevice.device(i)));
    }
  }

  /** Some scans. */
  @Benchmark
  @OperationsPerInvocation(SampleDevice.TAGS * SCANS_AHEAD)
  public void deliver(Blackhole hole) throws InterruptedException {
    for (int i = 0; i < SCANS_AHEAD; i++) {
      long nanos = 1_700_000_000_123_456_789L + step * 1_000_000L;
      buffer.put(lines.get(step++ % DEVICES).records(nanos), 0, 0);
    }
    for (SourceRecord each : buffer.drain(Integer.MAX_VALUE, Duration.ZERO)) {
      RecordHeaders converted = new RecordHeaders();
      for (Header header : each.headers()) {
        converted.add(
            header.key(),
            headers.fromConnectHeader(each.topic(), header.key(), header.schema(), header.value()));
      }
      hole.consume(converted);
      hole.consume(values.fromConnectData(each.topic(), each.valueSchema(), each.value()));
    }
  }
}
