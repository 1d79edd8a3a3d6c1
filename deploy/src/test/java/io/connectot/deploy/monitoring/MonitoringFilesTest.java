// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.metrics.TaskMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The committed files are those that the code generates; {@code -Ddocs.update} writes them anew.
 */
class MonitoringFilesTest {
  private static final Path FOLDER = DocPage.root().resolve("deploy/monitoring");

  @Test
  void committedFilesAreUpToDate() throws IOException {
    if (System.getProperty("docs.update") != null) {
      MonitoringFiles.main(new String[] {FOLDER.toString()});
    }
    for (Map.Entry<String, String> file : MonitoringFiles.all().entrySet()) {
      assertThat(FOLDER.resolve(file.getKey())).content().isEqualTo(file.getValue());
    }
  }

  @Test
  void everyMetricHasARule() {
    String rules = ExporterRules.yaml();
    assertThat(TaskMetric.values())
        .allSatisfy(
            metric -> assertThat(rules).contains("    name: " + Prometheus.name(metric) + "\n"));
  }

  @Test
  void expressionsNameOnlyMetricsThatTheExporterHas() {
    Set<String> exported =
        ExporterRules.yaml()
            .lines()
            .filter(line -> line.startsWith("    name: "))
            .map(line -> line.substring("    name: ".length()))
            .collect(Collectors.toSet());
    exported.addAll(edgeMetrics());
    assertThat(expressions())
        .isNotEmpty()
        .allSatisfy(
            expression ->
                assertThat(exported)
                    .containsAll(
                        Stream.of(expression.split("\\W+"))
                            .filter(
                                word ->
                                    word.startsWith("connectot_")
                                        || word.startsWith("kafka_connect_"))
                            .toList()));
  }

  /** The table of the page on the edge box, which a test of the edge box holds up to date. */
  private static List<String> edgeMetrics() {
    return DocPage.of("docs/edge.md").lines().stream()
        .filter(line -> line.startsWith("| `" + Prometheus.EDGE))
        .map(line -> line.split("`", -1)[1])
        .toList();
  }

  private static List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    Alert.all().forEach(alert -> expressions.add(alert.expression()));
    Panel.rows().stream()
        .flatMap(row -> row.panels().stream())
        .flatMap(panel -> panel.queries().stream())
        .forEach(query -> expressions.add(query.expression()));
    return expressions;
  }

  @Test
  void everyAlertHasARunbook() {
    StringBuilder runbook = new StringBuilder();
    for (Alert alert : Alert.all()) {
      runbook.append("\n### ").append(alert.name()).append("\n\n");
      runbook.append("Severity ").append(alert.severity().name().toLowerCase(Locale.ROOT));
      runbook.append(
          alert.hold().isZero()
              ? ", at once:\n\n"
              : ", after " + alert.hold().toMinutes() + " min:\n\n");
      runbook.append("```\n").append(alert.expression()).append("\n```\n\n");
      int step = 1;
      for (String line : alert.runbook()) {
        runbook.append(step++).append(". ").append(line).append('\n');
      }
    }
    DocPage.of("docs/operations.md").assertGenerated("runbook", runbook.append('\n').toString());
  }
}
