// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void passesWhenEveryConnectorDelivers() {
    List<ConnectorReport> reports = List.of(running("a", 10, 0), running("b", 500, 20));

    assertThat(Verdict.of(reports)).isEqualTo(Verdict.PASS);
    assertThat(Verdict.reasons(reports)).isEmpty();
  }

  @Test
  void waitsForTheLastConnectorAndSaysWhichItIs() {
    List<ConnectorReport> reports = List.of(running("a", 100, 0), running("b", 0, 33));

    assertThat(Verdict.of(reports)).isEqualTo(Verdict.WAIT);
    assertThat(Verdict.reasons(reports))
        .singleElement()
        .asString()
        .contains("b delivered 0 GOOD records")
        .contains("33 of BAD quality");
  }

  @Test
  void failsAtOnceWhenATaskGaveUpAndSaysWhy() {
    ConnectorReport failed =
        new ConnectorReport(
            "a",
            "RUNNING",
            List.of("RUNNING", "FAILED"),
            "ConnectException: no way",
            7,
            7,
            0,
            Optional.empty());

    assertThat(Verdict.of(List.of(failed))).isEqualTo(Verdict.FAIL);
    assertThat(Verdict.reasons(List.of(failed)))
        .containsExactly("a failed (RUNNING, tasks RUNNING FAILED): ConnectException: no way");
  }

  @Test
  void failsWithoutAnyConnector() {
    assertThat(Verdict.of(List.of())).isEqualTo(Verdict.FAIL);
    assertThat(Verdict.reasons(List.of())).singleElement().asString().contains("no connector");
  }

  private static ConnectorReport running(String name, long good, long bad) {
    return new ConnectorReport(
        name, "RUNNING", List.of("RUNNING"), "", good + bad, good, bad, Optional.empty());
  }
}
