// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.resume.SubscriptionKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightNotificationTest {
  private final UaSubscription subscription =
      new UaSubscription(new SubscriptionKey(7, 1, "0/1"), 1000, 1);

  private InFlightNotification received(long sequence) {
    InFlightNotification received = subscription.received(sequence);
    subscription.isKept(sequence);
    return received;
  }

  private List<Long> take(int max) {
    return takeAll(max).stream().map(InFlightNotification::sequence).toList();
  }

  private List<InFlightNotification> takeAll(int max) {
    List<InFlightNotification> taken = new ArrayList<>();
    subscription.takeAcknowledgeable(taken, max);
    return taken;
  }

  @Test
  void acknowledgesWhatKafkaHas() {
    InFlightNotification first = received(1);
    InFlightNotification second = received(2);
    assertThat(take(10)).isEmpty();
    assertThat(subscription.oldestInFlight()).isEqualTo(1);

    first.delivered();

    assertThat(take(10)).containsExactly(1L);
    assertThat(subscription.inFlight()).isEqualTo(1);
    assertThat(subscription.oldestInFlight()).isEqualTo(2);
    second.delivered();
    received(3);
    assertThat(take(10)).containsExactly(2L);
    assertThat(subscription.oldestInFlight()).isEqualTo(3);
  }

  @Test
  void acknowledgesTheNewestMessageAfterAnotherOneCame() {
    received(1).delivered();
    received(2).delivered();

    assertThat(take(10)).containsExactly(1L);
    assertThat(take(10)).isEmpty();
    assertThat(subscription.inFlight()).isZero();
    InFlightNotification third = received(3);

    assertThat(take(10)).containsExactly(2L);
    third.delivered();
    assertThat(take(10)).isEmpty();
  }

  @Test
  void acknowledgesStatusChangesAtOnce() {
    received(1).delivered();
    subscription.received(2).delivered();

    assertThat(take(10)).containsExactly(2L);
    received(3);
    assertThat(take(10)).containsExactly(1L);
  }

  @Test
  void waitsForValuesThatWaitForHistory() {
    InFlightNotification notification = received(1);
    notification.retain();
    notification.retain();
    notification.delivered();
    assertThat(take(10)).isEmpty();

    notification.release();
    assertThat(take(10)).isEmpty();
    notification.delivered();
    assertThat(subscription.inFlight()).isZero();
    received(2);

    assertThat(take(10)).containsExactly(1L);
  }

  @Test
  void givesAgainWhatDidNotReachTheServer() {
    for (int i = 1; i <= 3; i++) {
      received(i).delivered();
    }
    received(4);
    List<InFlightNotification> taken = takeAll(2);
    assertThat(taken).hasSize(2);
    subscription.notAcknowledged(taken.get(1));
    subscription.notAcknowledged(taken.get(0));

    assertThat(take(10)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void doesNotAcknowledgeForAConnectionThatIsOver() {
    received(1).stale();
    assertThat(take(10)).isEmpty();
  }
}
