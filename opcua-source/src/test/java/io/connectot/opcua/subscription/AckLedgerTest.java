// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.subscription.AckLedger.Ack;
import io.connectot.opcua.subscription.AckLedger.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
  private final AckLedger ledger = new AckLedger();

  @Test
  void acknowledgesWhatKafkaHas() {
    Message first = ledger.open(7, 1);
    Message second = ledger.open(7, 2);
    assertThat(ledger.take(10)).isEmpty();

    ledger.release(first);

    assertThat(ledger.take(10)).containsExactly(new Ack(7, 1));
    assertThat(ledger.open()).isEqualTo(1);
    ledger.release(second);
    assertThat(ledger.take(10)).containsExactly(new Ack(7, 2));
  }

  @Test
  void waitsForValuesThatWaitForHistory() {
    Message message = ledger.open(7, 1);
    message.retain();
    message.retain();
    ledger.release(message);
    assertThat(ledger.take(10)).isEmpty();

    ledger.release(message);
    assertThat(ledger.take(10)).isEmpty();
    ledger.release(message);

    assertThat(ledger.take(10)).containsExactly(new Ack(7, 1));
    assertThat(ledger.open()).isZero();
  }

  @Test
  void givesAgainWhatDidNotReachTheServer() {
    for (int i = 1; i <= 3; i++) {
      ledger.release(ledger.open(7, i));
    }
    List<Ack> taken = ledger.take(2);
    ledger.giveBack(taken);

    assertThat(ledger.take(10)).containsExactly(new Ack(7, 1), new Ack(7, 2), new Ack(7, 3));
  }
}
