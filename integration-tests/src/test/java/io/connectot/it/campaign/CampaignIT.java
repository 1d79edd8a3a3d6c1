// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Injects every fault into every connector while senders send numbers, and counts what happens to
 * the numbers. With {@code -Dcampaign} there is more traffic, faults last longer, and the results
 * are written to the documentation.
 */
@Tag("full")
@Tag("faults")
class CampaignIT {
  private static final List<Row> ROWS = new ArrayList<>();

  private static Plant plant;

  @BeforeAll
  static void start() throws Exception {
    plant = Plant.start(Scale.current());
  }

  @AfterAll
  static void stop() throws IOException {
    if (plant != null) {
      plant.close();
    }
    Table.of(ROWS).forEach(System.out::println);
    if (Scale.isFull()
        && ROWS.stream().map(Row::fault).distinct().count() == Fault.values().length) {
      ReliabilityPage.write(ROWS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostInSilence(Fault fault) throws Exception {
    List<Row> rows = plant.suffer(fault);
    rows.forEach(System.out::println);
    ROWS.addAll(rows);

    List<Subject> struck = plant.subjects().stream().filter(fault::strikes).toList();
    assertThat(rows).hasSameSizeAs(struck).isNotEmpty();
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      softly.assertThat(row.sent()).as("sent: %s", row).isPositive();
      softly.assertThat(row.lost()).as("lost: %s", row).isZero();
      softly.assertThat(row.recovery()).as("recovered: %s", row).isNotNull();
      if (struck.get(i).keepsEverything()) {
        softly.assertThat(row.reported()).as("reported: %s", row).isZero();
      }
    }
    softly.assertAll();
  }
}
