// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.jmh;

import io.connectot.core.filter.ReportFilter;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import java.util.List;
import java.util.Optional;
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

/** The report filter processes every value, including those it drops. Per value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FilterBenchmark {
  /** The configuration of the filter. */
  public enum Report {
    ALL,
    CHANGES,
    DEADBAND;

    private ReportPolicy policy() {
      return switch (this) {
        case ALL -> ReportPolicy.ALL;
        case CHANGES ->
            new ReportPolicy(ReportPolicy.Mode.CHANGES, Deadband.NONE, Optional.empty());
        case DEADBAND ->
            new ReportPolicy(ReportPolicy.Mode.CHANGES, new Deadband(5, true), Optional.empty());
      };
    }
  }

  /** {@code report} and {@code deadband}. */
  @Param public Report report;

  private final ReportFilter filter = new ReportFilter();
  private List<io.connectot.core.model.Measurement> even;
  private List<io.connectot.core.model.Measurement> odd;

  /** Prepares two scans that differ in every value, by less than the deadband. */
  @Setup
  public void setUp() {
    List<Point<String>> points = SampleDevice.points(report.policy());
    even = SampleDevice.scan(points, 0);
    odd = SampleDevice.scan(points, 1);
  }

  /** Two scans. */
  @Benchmark
  @OperationsPerInvocation(2 * SampleDevice.TAGS)
  public void filter(Blackhole hole) {
    hole.consume(filter.report(even, 0));
    hole.consume(filter.report(odd, 0));
  }
}
