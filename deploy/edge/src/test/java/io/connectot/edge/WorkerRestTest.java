// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerRestTest {
  @Test
  void namesTheInnermostCauseOfATrace() {
    assertThat(
            WorkerRest.cause(
                "org.apache.kafka.KafkaException: outer\n\tat x.Y\nCaused by: a.B: inner\n\tat z"))
        .isEqualTo("a.B: inner");
    assertThat(WorkerRest.cause("a.B: alone\n\tat z")).isEqualTo("a.B: alone");
    assertThat(WorkerRest.cause("")).isEqualTo("failed");
  }
}
