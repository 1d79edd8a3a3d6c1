// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.value.MetricReading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Decodes Sparkplug B payloads of 20 metrics with aliases, without names and types. Per metric. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SparkplugBenchmark {
  private static final int METRICS = 20;
  private static final long SENT = 1_795_953_600_000L;
  private static final DataType[] TYPES = {
    DataType.INT32, DataType.FLOAT, DataType.DOUBLE, DataType.BOOLEAN, DataType.INT64
  };

  private final PayloadDecoder decoder = new PayloadDecoder();
  private final byte[] payload = payload();

  private static byte[] payload() {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      DataType type = TYPES[i % TYPES.length];
      metrics.add(
          Metric.of(null, type, value(type, i)).withAlias(1000L + i).withTimestamp(SENT + i));
    }
    return PayloadEncoder.encodeWithoutTypes(Payload.of(SENT, 17L, metrics));
  }

  private static MetricValue value(DataType type, int seed) {
    return switch (type) {
      case FLOAT -> new MetricValue.FloatValue(20.1f + seed);
      case DOUBLE -> new MetricValue.DoubleValue(0.1 + seed);
      case BOOLEAN -> MetricValue.BooleanValue.of(seed % 2 == 0);
      default -> new MetricValue.LongValue(-1000L * seed);
    };
  }

  /** Bytes to metrics. */
  @Benchmark
  @OperationsPerInvocation(METRICS)
  public Payload decode() throws MalformedPayloadException {
    return decoder.decode(payload);
  }

  /** Bytes to values with the types of the birth. */
  @Benchmark
  @OperationsPerInvocation(METRICS)
  public void decodeAndConvert(Blackhole blackhole) throws MalformedPayloadException {
    List<Metric> metrics = decoder.decode(payload).metrics();
    for (int i = 0; i < METRICS; i++) {
      blackhole.consume(MetricReading.of(metrics.get(i).as(TYPES[i % TYPES.length])));
    }
  }
}
