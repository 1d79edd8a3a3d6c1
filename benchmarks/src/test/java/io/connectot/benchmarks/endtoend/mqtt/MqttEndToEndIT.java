// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.Turn;
import io.connectot.core.testing.Peers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the measurement works, with a hundredth of the messages; the results are not checked.
 */
@Tag("peers")
class MqttEndToEndIT {
  private static final int MESSAGES = 2_000;

  @TempDir Path directory;

  /** Every contender starts a process of its own, which takes long on a busy machine. */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void measuresEveryContender() throws Exception {
    Peers.needMosquitto();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    BenchmarkOptions options =
        new BenchmarkOptions(
            "--plugin", System.getProperty("plugin.archive"),
            "--directory", directory.toString(),
            "--messages", Integer.toString(MESSAGES),
            "--warmup", "500",
            "--rate", "100",
            "--latency", "2",
            "--rounds", "1",
            "--heap", "256m");

    Map<Turn<MqttContender>, List<MqttSample>> samples =
        new MqttEndToEnd(options, new PrintStream(output, true, StandardCharsets.UTF_8)).run();

    assertThat(samples.keySet())
        .extracting(Turn::contender)
        .containsExactlyInAnyOrder(MqttContender.values());
    assertThat(samples.values())
        .allSatisfy(
            rounds ->
                assertThat(rounds)
                    .singleElement()
                    .satisfies(
                        sample -> {
                          assertThat(sample.messages()).isEqualTo(MESSAGES);
                          assertThat(sample.messagesPerSecond()).isPositive();
                          assertThat(sample.cpuPer100k()).isPositive();
                          assertThat(sample.p99()).isGreaterThanOrEqualTo(sample.median());
                          assertThat(sample.liveHeap()).isPositive();
                        }));
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains(
            "connector, MQTT 5 / Paho + producer, MQTT 5",
            "connector, MQTT 3.1.1 / Paho + producer, MQTT 3.1.1",
            "connector, JSON to measurement / Paho + producer, JSON to measurement");
  }
}
