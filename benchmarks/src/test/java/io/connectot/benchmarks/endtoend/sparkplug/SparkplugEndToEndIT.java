// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.Turn;
import io.connectot.core.testing.Peers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the measurements work, with few messages; the results are not checked. */
@Tag("peers")
class SparkplugEndToEndIT {
  private static final int MESSAGES = 200;

  @TempDir Path directory;

  private BenchmarkOptions options(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--plugin",
                System.getProperty("plugin.archive"),
                "--directory",
                directory.toString(),
                "--heap",
                "256m"));
    all.addAll(List.of(more));
    return new BenchmarkOptions(all.toArray(String[]::new));
  }

  @Test
  void measuresABareProgramAndTheConnector() throws Exception {
    Peers.needMosquitto();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Map<Turn<SparkplugContender>, List<SparkplugSample>> samples =
        new SparkplugEndToEnd(
                options(
                    "--messages",
                    Integer.toString(MESSAGES),
                    "--warmup",
                    "100",
                    "--rounds",
                    "1",
                    "--only",
                    "bare,connector"),
                new PrintStream(output, true, StandardCharsets.UTF_8))
            .run();

    assertThat(samples.keySet())
        .extracting(Turn::contender)
        .containsExactly(SparkplugContender.BARE, SparkplugContender.CONNECTOR);
    assertThat(samples.values())
        .allSatisfy(
            rounds ->
                assertThat(rounds)
                    .singleElement()
                    .satisfies(
                        sample -> {
                          assertThat(sample.metrics()).isEqualTo(20L * MESSAGES);
                          assertThat(sample.metricsPerSecond()).isPositive();
                          assertThat(sample.cpuPerMillion()).isPositive();
                        }));
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("connector / Paho + generated protobuf + producer");
  }

  @Test
  void measuresManyEdgeNodes() throws Exception {
    Peers.needMosquitto();
    Optional<SparkplugThousandNodes.Result> result =
        new SparkplugThousandNodes(
                options("--nodes", "20", "--metrics", "10"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
            .run();
    assertThat(result).hasValueSatisfying(each -> assertThat(each.births()).isPositive());
  }
}
