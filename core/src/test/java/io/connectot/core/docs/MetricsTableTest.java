// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetric.Scope;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
  @Test
  void hasARowForEveryMetricOfAKindOfTask() {
    String gaps = "| `gap-total` | " + TaskMetric.GAPS.description() + " |";
    String scans = "| `scan-total` | " + TaskMetric.SCANS.description() + " |";
    assertThat(MetricsTable.markdown(Scope.MESSAGES).lines())
        .hasSize(2 + count(Scope.TASK) + count(Scope.SOURCES) + count(Scope.MESSAGES))
        .contains(gaps)
        .doesNotContain(scans);
    assertThat(MetricsTable.markdown().lines())
        .hasSize(2 + count(Scope.TASK) + count(Scope.SOURCES) + count(Scope.DEVICES))
        .contains(gaps, scans);
  }

  @Test
  void sinksHaveNothingOfSources() {
    assertThat(MetricsTable.markdown(Scope.SINK).lines())
        .hasSize(2 + count(Scope.TASK) + count(Scope.SINK))
        .noneMatch(line -> line.contains("gap-total"))
        .anyMatch(line -> line.contains("`message-published-total`"));
  }

  private static int count(Scope scope) {
    return (int) Arrays.stream(TaskMetric.values()).filter(m -> m.scope() == scope).count();
  }
}
