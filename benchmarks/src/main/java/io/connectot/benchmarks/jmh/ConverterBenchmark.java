// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Converts records to JSON. Per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 2)
@Fork(1)
public class ConverterBenchmark {
  private static final int STEPS = 64;

  /** The records that are converted. */
  public enum Records {
    /** Layout {@code measurement}. */
    MEASUREMENT,
    /** Layout {@code row} with 50 tags. */
    ROW,
    /** Values without a short decimal form, which the JDK prints. */
    DOUBLES,
    /** JSON documents of MQTT messages, without a schema. */
    DOCUMENT
  }

  /** The converters that are compared. */
  public enum Contender {
    /** Kafka's converter, which builds a tree. */
    KAFKA,
    /** Jackson's generator. */
    GENERATOR,
    /** The converter of this project. */
    OURS
  }

  /** The records that are converted. */
  @Param public Records records;

  /** The converter. */
  @Param public Contender contender;

  private final List<SchemaAndValue> values = new ArrayList<>();
  private Converter converter;
  private int next;

  /** Creates the records. */
  @Setup
  public void setUp() {
    converter =
        switch (contender) {
          case KAFKA -> new org.apache.kafka.connect.json.JsonConverter();
          case GENERATOR -> new GeneratorConverter();
          case OURS -> new io.connectot.converters.JsonConverter();
        };
    converter.configure(Map.of("schemas.enable", "false"), false);
    switch (records) {
      case MEASUREMENT -> map(RecordLayout.MEASUREMENT);
      case ROW -> map(RecordLayout.ROW);
      case DOUBLES -> doubles();
      case DOCUMENT -> documents();
    }
  }

  /** Converts one record. */
  @Benchmark
  public byte[] convert() {
    SchemaAndValue value = values.get(next);
    next = (next + 1) % values.size();
    return converter.fromConnectData("plant", value.schema(), value.value());
  }

  private void map(RecordLayout layout) {
    List<Point<String>> points = SampleDevice.points(ReportPolicy.ALL);
    var mapper = SampleDevice.mapper(layout, points);
    for (int step = 0; step < STEPS; step++) {
      List<Measurement> scan = SampleDevice.scan(points, step);
      mapper.map(
          scan, scan, made -> values.add(new SchemaAndValue(made.valueSchema(), made.value())));
    }
  }

  private void doubles() {
    for (int step = 1; step <= STEPS; step++) {
      values.add(new SchemaAndValue(Schema.FLOAT64_SCHEMA, step / 7.0));
    }
  }

  private void documents() {
    for (int step = 0; step < STEPS; step++) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("machine", "press" + step % 8);
      document.put("ts", 1_700_000_000_123L + step);
      document.put("temperature", 20.5 + step);
      document.put("running", step % 2 == 0);
      document.put("axes", List.of(1.5, 2.25, 3.125 * step));
      document.put("order", Map.of("id", 4711L + step, "material", "steel"));
      values.add(new SchemaAndValue(null, document));
    }
  }
}
