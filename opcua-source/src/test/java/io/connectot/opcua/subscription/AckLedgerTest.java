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
    ledger.releaseWith(1, List.of(first));
    ledger.releaseWith(2, List.of(second));
    assertThat(ledger.take(10)).isEmpty();

    ledger.acknowledge(1);

    assertThat(ledger.take(10)).containsExactly(new Ack(7, 1));
    assertThat(ledger.open()).isEqualTo(1);
    ledger.acknowledge(2);
    assertThat(ledger.take(10)).containsExactly(new Ack(7, 2));
  }

  @Test
  void acknowledgesWhatKafkaHadBeforeTheDeliveryWasKnown() {
    Message message = ledger.open(7, 1);
    ledger.acknowledge(5);

    ledger.releaseWith(5, List.of(message));

    assertThat(ledger.take(10)).containsExactly(new Ack(7, 1));
  }

  @Test
  void waitsForValuesThatWaitForHistory() {
    Message message = ledger.open(7, 1);
    message.retain();
    message.retain();
    ledger.releaseWith(1, List.of(message));
    ledger.acknowledge(1);
    assertThat(ledger.take(10)).isEmpty();

    ledger.release(message);
    ledger.releaseWith(2, List.of(message));
    assertThat(ledger.take(10)).isEmpty();
    ledger.acknowledge(2);

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
