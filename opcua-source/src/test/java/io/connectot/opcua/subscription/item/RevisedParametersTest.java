// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.config.ItemSettings.Trigger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisedParametersTest {
  private static final String URL = "opc.tcp://plant:4840";
  private static final int PUBLISHING = 1000;

  private final RevisedParameters revised = new RevisedParameters(URL, PUBLISHING);

  private void add(String node, double askedSampling, double sampling, int askedQueue, int queue) {
    revised.add(
        "plant",
        node,
        new MonitoredItemFactory.Effective(
            askedSampling,
            askedQueue,
            true,
            Trigger.STATUS_VALUE,
            Optional.empty(),
            Optional.empty()),
        sampling,
        queue);
  }

  /** Otherwise changes would be lost without a gap, and nobody would know. */
  @Test
  void tellsThatNotEveryChangeIsReported() {
    add("ns=1;s=C0", 0, 50, 100, 100);
    add("ns=1;s=C1", 0, 50, 100, 100);

    assertThat(revised.takeSampling())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith(
                        "Device 'plant' at opc.tcp://plant:4840 samples 2 nodes less often than"
                            + " asked for, such as ns=1;s=C0 every 50 ms instead of 0 (every"
                            + " change)")
                    .contains(
                        "no gap", "MinSupportedSampleRate", "opcua.sampling.interval.ms=50,"));
    assertThat(revised.takeShortQueue()).isEmpty();
    assertThat(revised.takeSingleQueue()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 50, true",
    "0, 0.5, true",
    "100, 250, true",
    "-1, 2000, true",
    "0, 0, false",
    "0, -1, false",
    "0, NaN, false",
    "100, 100, false",
    "100, 50, false",
    "-1, 1000, false",
    "-1, -1, false",
    "-1, 0, false",
  })
  void comparesSamplingWithWhatWasAskedFor(double asked, double answered, boolean told) {
    add("ns=1;s=C0", asked, answered, 10, 10);

    assertThat(revised.takeSampling().isPresent()).isEqualTo(told);
  }

  @Test
  void tellsOfTheSameOnlyOnce() {
    add("ns=1;s=C0", 0, 50, 10, 5);
    assertThat(revised.takeSampling()).isPresent();
    assertThat(revised.takeShortQueue()).isPresent();

    add("ns=1;s=C1", 0, 50, 10, 5);
    assertThat(revised.takeSampling()).isEmpty();
    assertThat(revised.takeShortQueue()).isEmpty();
  }

  @Test
  void tellsOfShorterQueues() {
    add("ns=1;s=C0", 0, 0, 20_000, 5000);

    assertThat(revised.takeShortQueue())
        .hasValueSatisfying(
            text -> assertThat(text).contains("5000 of ns=1;s=C0 instead of 20000", "history"));
    assertThat(revised.takeSingleQueue()).isEmpty();
  }

  /** Such a queue has no overflow bit (OPC UA Part 4 §5.13.1.5). */
  @Test
  void tellsThatAQueueOfOneValueLosesValuesWithoutAGap() {
    add("ns=1;s=C0", -1, 1000, 10, 1);

    assertThat(revised.takeSingleQueue())
        .hasValueSatisfying(
            text -> assertThat(text).contains("1 of ns=1;s=C0 instead of 10", "no gap"));
    assertThat(revised.takeShortQueue()).isEmpty();
  }

  @Test
  void saysNothingOfAQueueOfOneValueThatWasAskedFor() {
    add("ns=1;s=C0", -1, 1000, 1, 1);

    assertThat(revised.takeSingleQueue()).isEmpty();
    assertThat(revised.takeShortQueue()).isEmpty();
  }
}
