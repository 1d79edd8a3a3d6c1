// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.resume.SubscriptionKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightNotificationTest {
  private final UaSubscription subscription =
      new UaSubscription(new SubscriptionKey(7, 1, "0/1"), 1000, 1);

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
    InFlightNotification first = subscription.received(1);
    InFlightNotification second = subscription.received(2);
    assertThat(take(10)).isEmpty();
    assertThat(subscription.oldestInFlight()).isEqualTo(1);

    first.delivered();

    assertThat(take(10)).containsExactly(1L);
    assertThat(subscription.inFlight()).isEqualTo(1);
    assertThat(subscription.oldestInFlight()).isEqualTo(2);
    second.delivered();
    assertThat(take(10)).containsExactly(2L);
    assertThat(subscription.oldestInFlight()).isZero();
  }

  @Test
  void waitsForValuesThatWaitForHistory() {
    InFlightNotification notification = subscription.received(1);
    notification.retain();
    notification.retain();
    notification.delivered();
    assertThat(take(10)).isEmpty();

    notification.release();
    assertThat(take(10)).isEmpty();
    notification.delivered();

    assertThat(take(10)).containsExactly(1L);
    assertThat(subscription.inFlight()).isZero();
  }

  @Test
  void givesAgainWhatDidNotReachTheServer() {
    for (int i = 1; i <= 3; i++) {
      subscription.received(i).delivered();
    }
    List<InFlightNotification> taken = takeAll(2);
    assertThat(taken).hasSize(2);
    subscription.notAcknowledged(taken.get(1));
    subscription.notAcknowledged(taken.get(0));

    assertThat(take(10)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void doesNotAcknowledgeForAConnectionThatIsOver() {
    subscription.received(1).stale();
    assertThat(take(10)).isEmpty();
  }
}
