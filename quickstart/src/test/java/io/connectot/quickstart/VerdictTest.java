// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void passesWhenEveryConnectorDelivers() {
    List<ConnectorReport> reports = List.of(running("a", 10, 0), running("b", 500, 20));

    assertThat(Verdict.of(reports, 0)).isEqualTo(Verdict.PASS);
    assertThat(Verdict.reasons(reports, 0)).isEmpty();
  }

  @Test
  void waitsForTheLastConnectorAndSaysWhichItIs() {
    List<ConnectorReport> reports = List.of(running("a", 100, 0), running("b", 0, 33));

    assertThat(Verdict.of(reports, 0)).isEqualTo(Verdict.WAIT);
    assertThat(Verdict.reasons(reports, 0))
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
            false,
            false,
            "RUNNING",
            List.of("RUNNING", "FAILED"),
            "ConnectException: no way",
            7,
            7,
            0,
            OptionalLong.empty(),
            Optional.empty());

    assertThat(Verdict.of(List.of(failed), 0)).isEqualTo(Verdict.FAIL);
    assertThat(Verdict.reasons(List.of(failed), 0))
        .containsExactly("a failed (RUNNING, tasks RUNNING FAILED): ConnectException: no way");
  }

  @Test
  void waitsUntilCommandsOfASinkAreObeyedAndSaysHowManyWere() {
    List<ConnectorReport> reports = List.of(running("a", 10, 0), sink("b", 7));

    assertThat(Verdict.of(reports, 2)).isEqualTo(Verdict.WAIT);
    assertThat(Verdict.reasons(reports, 2))
        .singleElement()
        .asString()
        .contains("b had 7 commands to deliver, and the plant answered 2 of them");
    assertThat(Verdict.of(reports, 3)).isEqualTo(Verdict.PASS);
    assertThat(Verdict.reasons(reports, 3)).isEmpty();
  }

  @Test
  void waitsForAnEventWhereEventsAreToBeTold() {
    List<ConnectorReport> reports = List.of(withEvents("a", 10, 0));

    assertThat(Verdict.of(reports, 0)).isEqualTo(Verdict.WAIT);
    assertThat(Verdict.reasons(reports, 0)).singleElement().asString().contains("and 0 events");
    assertThat(Verdict.of(List.of(withEvents("a", 10, 1)), 0)).isEqualTo(Verdict.PASS);
  }

  @Test
  void failsWithoutAnyConnector() {
    assertThat(Verdict.of(List.of(), 0)).isEqualTo(Verdict.FAIL);
    assertThat(Verdict.reasons(List.of(), 0)).singleElement().asString().contains("no connector");
  }

  private static ConnectorReport sink(String name, long records) {
    return new ConnectorReport(
        name,
        false,
        true,
        "RUNNING",
        List.of("RUNNING"),
        "",
        records,
        0,
        0,
        OptionalLong.empty(),
        Optional.empty());
  }

  private static ConnectorReport running(String name, long good, long bad) {
    return new ConnectorReport(
        name,
        false,
        false,
        "RUNNING",
        List.of("RUNNING"),
        "",
        good + bad,
        good,
        bad,
        OptionalLong.empty(),
        Optional.empty());
  }

  private static ConnectorReport withEvents(String name, long good, long events) {
    return new ConnectorReport(
        name,
        false,
        false,
        "RUNNING",
        List.of("RUNNING"),
        "",
        good + events,
        good,
        0,
        OptionalLong.of(events),
        Optional.empty());
  }
}
