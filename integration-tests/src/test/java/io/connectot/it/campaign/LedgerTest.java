// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Duration TOLERANCE = Duration.ofMillis(1);

  private final WorkerClock clock = new WorkerClock();
  private final Ledger ledger = new Ledger(new int[] {5, 0}, clock, TOLERANCE);

  @Test
  void countsMissingAndDuplicateNumbers() {
    send(0, 5, 8);
    send(1, 0, 2);
    ledger.received(0, 5);
    ledger.received(0, 7);
    ledger.received(0, 7);
    ledger.received(1, 0);
    assertThat(ledger.isSettled()).isFalse();

    Row row = ledger.row("fault", "connector");

    assertThat(row.sent()).isEqualTo(5);
    assertThat(row.received()).isEqualTo(4);
    assertThat(row.lost()).isEqualTo(2);
    assertThat(row.reported()).isZero();
    assertThat(row.duplicated()).isEqualTo(1);
    assertThat(row.recovery()).isNull();
    assertThat(ledger.next()).containsExactly(8, 2);
  }

  @Test
  void ignoresNumbersOfEarlierPhasesAndNumbersNeverSent() {
    send(0, 5, 6);
    ledger.received(0, 4);
    ledger.received(0, 6);

    assertThat(ledger.row("fault", "connector").received()).isZero();
  }

  @Test
  void countsANumberSentTwiceOnce() {
    send(0, 5, 7);
    ledger.sent(0, 5);

    assertThat(ledger.row("fault", "connector").sent()).isEqualTo(2);
  }

  @Test
  void aReadingIsADuplicateOnlyWhenItIsTheSame() {
    send(0, 5, 6);
    ledger.read(0, 5, 100);
    ledger.read(0, 5, 200);
    ledger.read(0, 5, 200);

    assertThat(ledger.row("fault", "connector").duplicated()).isEqualTo(1);
  }

  @Test
  void aGapCoversTheNumbersWhoseTimeIsInIt() {
    long before = System.currentTimeMillis();
    send(0, 5, 8);
    ledger.received(0, 7);
    ledger.gap(before, System.currentTimeMillis(), false);

    assertThat(ledger.isSettled()).isTrue();
    assertThat(ledger.row("fault", "connector").reported()).isEqualTo(2);
    assertThat(ledger.row("fault", "connector").gaps()).isEqualTo(1);
  }

  @Test
  void aFilledGapOrAGapAtAnotherTimeCoversNothing() {
    long before = System.currentTimeMillis();
    send(0, 5, 8);
    ledger.received(0, 7);
    ledger.gap(before, System.currentTimeMillis(), true);
    ledger.gap(before - 60_000, before - 30_000, false);

    assertThat(ledger.row("fault", "connector").lost()).isEqualTo(2);
  }

  @Test
  void theLastNumberHasToArrive() {
    long before = System.currentTimeMillis();
    send(0, 5, 6);
    ledger.gap(before, before + 60_000, false);

    assertThat(ledger.row("fault", "connector").lost()).isEqualTo(1);
  }

  @Test
  void gapsAreInTheWorkersTime() {
    Duration ahead = Duration.ofMinutes(30);
    clock.ahead(ahead);
    long before = System.currentTimeMillis() + ahead.toMillis();
    send(0, 5, 8);
    ledger.received(0, 7);
    ledger.gap(before, System.currentTimeMillis() + ahead.toMillis(), false);

    assertThat(ledger.isSettled()).isTrue();
  }

  @Test
  void hasRecoveredWhenANumberSentAfterTheFaultHasArrivedFromEverySender() {
    send(0, 5, 6);
    send(1, 0, 1);
    ledger.received(0, 5);
    ledger.received(1, 0);
    assertThat(ledger.hasBegun()).isTrue();
    ledger.faultOver();
    ledger.received(0, 5);
    send(0, 6, 7);
    ledger.received(0, 6);
    assertThat(ledger.hasRecovered()).isFalse();
    send(1, 1, 2);
    ledger.received(1, 1);

    assertThat(ledger.hasRecovered()).isTrue();
    assertThat(ledger.row("fault", "connector").recovery()).isPositive();
  }

  @Test
  void whatTheConnectorHasNotAcknowledgedIsALossOfTheBroker() {
    send(0, 5, 8);
    ledger.acknowledged(0, 5);
    ledger.received(0, 7);

    Row row = ledger.row("fault", "source", Custody.PEER_UNTIL_ACKNOWLEDGED);

    assertThat(row.lost()).isEqualTo(1);
    assertThat(row.peers()).isEqualTo(1);
    assertThat(ledger.row("fault", "source").lost()).isEqualTo(2);
  }

  @Test
  void whatTheBrokerHasAcknowledgedIsALossOfTheBroker() {
    send(0, 5, 8);
    ledger.acknowledged(0, 5);
    ledger.acknowledged(0, 7);
    ledger.received(0, 7);

    Row row = ledger.row("fault", "sink", Custody.PEER_ONCE_ACKNOWLEDGED);

    assertThat(row.lost()).isEqualTo(1);
    assertThat(row.peers()).isEqualTo(1);
  }

  @Test
  void aDiscardedSessionIsALossOfTheConnector() {
    send(0, 5, 6);
    ledger.sessionDiscarded();

    assertThat(ledger.row("fault", "source", Custody.PEER_UNTIL_ACKNOWLEDGED).lost()).isEqualTo(1);
  }

  private void send(int sender, int from, int to) {
    for (int number = from; number < to; number++) {
      ledger.sent(sender, number);
    }
  }
}
