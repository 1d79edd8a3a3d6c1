// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures every ten seconds. */
class OutageCausesTest {
  private final OutageCauses causes = new OutageCauses();
  private long tick;

  private boolean isNew(String status, boolean temporary) {
    tick += Duration.ofSeconds(10).toNanos();
    return causes.isNew(status, temporary, tick);
  }

  private List<String> temporary(String... statuses) {
    List<String> reported = new ArrayList<>();
    for (String status : statuses) {
      if (isNew(status, true)) {
        reported.add(status);
      }
    }
    return reported;
  }

  @Test
  void whatHasToBeCorrectedIsReportedAtOnceAndOnce() {
    assertThat(temporary("LOST", "REFUSED")).containsExactly("LOST");
    assertThat(isNew("NOT_AUTHORIZED", false)).isTrue();
    assertThat(isNew("NOT_AUTHORIZED", false)).isFalse();
    assertThat(isNew("NOT_TRUSTED", false)).isTrue();
    assertThat(isNew("NOT_AUTHORIZED", false)).as("back again").isFalse();
  }

  @Test
  void aTemporaryCauseIsReportedWhenItHasLasted() {
    assertThat(temporary("LOST", "REFUSED", "REFUSED", "REFUSED")).containsExactly("LOST");
    assertThat(temporary("REFUSED", "REFUSED")).containsExactly("REFUSED");
    assertThat(temporary("NO_ROUTE", "NO_ROUTE", "NO_ROUTE", "NO_ROUTE", "NO_ROUTE"))
        .containsExactly("NO_ROUTE");
  }

  @Test
  void aCauseThatComesBackIsReportedWhenItHasLasted() {
    temporary("REFUSED");
    assertThat(isNew("NOT_AUTHORIZED", false)).isTrue();
    assertThat(temporary("REFUSED", "REFUSED", "REFUSED", "REFUSED", "REFUSED"))
        .containsExactly("REFUSED");
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(isNew("NOT_AUTHORIZED", false)).isFalse();
    }
    assertThat(isNew("NOT_AUTHORIZED", false)).isTrue();
  }

  @Test
  void causesThatAlternateAreReportedOnce() {
    List<String> reported = new ArrayList<>();
    for (int attempt = 0; attempt < 50; attempt++) {
      reported.addAll(temporary("REFUSED", "TIMEOUT"));
    }
    assertThat(reported).containsExactly("REFUSED");
    assertThat(isNew("A", false)).isTrue();
    assertThat(isNew("B", false)).isTrue();
    for (int attempt = 0; attempt < 50; attempt++) {
      assertThat(isNew("A", false) || isNew("B", false)).isFalse();
    }
  }

  @Test
  void theNextOutageIsReportedAnew() {
    temporary("LOST");
    causes.over();
    assertThat(temporary("LOST")).containsExactly("LOST");
  }

  @Test
  void remembersALimitedNumberOfCauses() {
    int reported = 0;
    for (int attempt = 0; attempt < 1000; attempt++) {
      reported += isNew("odd " + attempt, false) ? 1 : 0;
    }
    assertThat(reported).isEqualTo(32);
    assertThat(temporary("lasts", "lasts", "lasts", "lasts")).containsExactly("lasts");
  }
}
