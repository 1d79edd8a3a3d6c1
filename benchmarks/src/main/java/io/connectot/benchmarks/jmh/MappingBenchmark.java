// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.json.JsonConverter;
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
 * Maps the measurements of a scan to records, without and with Kafka's JSON converter. Per value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MappingBenchmark {
  /** {@code record.layout}. */
  @Param public RecordLayout layout;

  private List<io.connectot.core.model.Measurement> scan;
  private DeviceMapper mapper;
  private JsonConverter converter;

  /** Performs the one-time preparation of a task. */
  @Setup
  public void setUp() {
    List<Point<String>> points = SampleDevice.points(ReportPolicy.ALL);
    scan = SampleDevice.scan(points, 0);
    mapper = SampleDevice.mapper(layout, points);
    converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false"), false);
  }

  /** Mapping only. */
  @Benchmark
  @OperationsPerInvocation(SampleDevice.TAGS)
  public void map(Blackhole hole) {
    RecordSink sink = made -> hole.consume(made.value());
    mapper.map(scan, scan, sink);
  }

  /** Mapping and the worker's converter. */
  @Benchmark
  @OperationsPerInvocation(SampleDevice.TAGS)
  public void mapAndConvert(Blackhole hole) {
    RecordSink sink =
        made ->
            hole.consume(converter.fromConnectData(made.topic(), made.valueSchema(), made.value()));
    mapper.map(scan, scan, sink);
  }
}
