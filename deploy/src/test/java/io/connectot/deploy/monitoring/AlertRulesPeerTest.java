// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool checks the alert rules and runs their tests. */
@Tag("peers")
class AlertRulesPeerTest {
  private static final Path RULES = DocPage.root().resolve("deploy/monitoring/alerts.yml");

  /** Input and expected alerts of each alert, in promtool's format. */
  private static final Path CASES = Path.of("src/test/resources/alerts-test.yml");

  @TempDir Path directory;

  @Test
  void rulesAreValid() throws Exception {
    Peers.needPromtool();
    assertSuccess("check", "rules", RULES.toString());
  }

  @Test
  void alertsFireForWhatTheyAreForAndNotBefore() throws Exception {
    Peers.needPromtool();
    Files.write(directory.resolve("alerts.yml"), withoutAnnotations());
    Path cases = Files.copy(CASES, directory.resolve("alerts-test.yml"));
    assertSuccess("test", "rules", cases.toString());
  }

  @Test
  void everyAlertHasACaseInWhichItFires() throws IOException {
    String cases = Files.readString(CASES);
    assertThat(Alert.all())
        .allSatisfy(
            alert -> {
              assertThat(cases).contains("alertname: " + alert.name() + "\n        exp_alerts:\n");
              assertThat(cases).contains("alertname: " + alert.name() + "\n        exp_alerts: []");
            });
  }

  /** The cases expect labels; a change of a text must not change a case. */
  private static List<String> withoutAnnotations() throws IOException {
    return Files.readAllLines(RULES).stream()
        .filter(line -> !line.matches(" +(annotations:|summary: .*|description: .*)"))
        .toList();
  }

  private void assertSuccess(String... arguments) throws IOException, InterruptedException {
    Path output = directory.resolve("promtool.log");
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
  }
}
