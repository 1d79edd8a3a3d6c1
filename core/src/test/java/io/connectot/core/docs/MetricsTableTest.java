// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.metrics.Metric;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
  @Test
  void hasARowForEveryMetric() {
    assertThat(MetricsTable.markdown().lines())
        .hasSize(Metric.values().length + 2)
        .contains("| `gap-total` | " + Metric.GAPS.description() + " |");
  }
}
