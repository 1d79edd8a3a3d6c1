// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Converts the headers of a record in layout {@code value}. Per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HeaderBenchmark {
  /** The converters that are compared. */
  public enum Contender {
    /** Kafka's default. */
    KAFKA,
    /** The converter of this project. */
    OURS
  }

  /** The converter. */
  @Param public Contender contender;

  private final List<Object> texts =
      List.of(
          "measurement",
          "acme/munich/press1/temperature",
          "press1",
          "temperature",
          "modbus",
          "presses",
          "tcp://127.0.0.1:502",
          "FLOAT64",
          "GOOD");

  private HeaderConverter converter;
  private long time = 1_700_000_000_123_456_789L;

  /** Creates the converter. */
  @Setup
  public void setUp() {
    converter =
        switch (contender) {
          case KAFKA -> new SimpleHeaderConverter();
          case OURS -> new io.connectot.converters.HeaderConverter();
        };
    converter.configure(Map.of("converter.type", "header"));
  }

  /** Converts nine texts, two times and a boolean. */
  @Benchmark
  public void convert(Blackhole hole) {
    time += 1_000_003;
    for (Object text : texts) {
      hole.consume(converter.fromConnectHeader("plant", "h", null, text));
    }
    hole.consume(converter.fromConnectHeader("plant", "h", null, time));
    hole.consume(converter.fromConnectHeader("plant", "h", null, time + 5));
    hole.consume(converter.fromConnectHeader("plant", "h", null, false));
  }
}
