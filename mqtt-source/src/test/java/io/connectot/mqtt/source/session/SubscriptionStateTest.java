// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionStateTest {
  private static final SessionOffset BEFORE = new SessionOffset(List.of("a", "b"), 500, 2, 3);

  private static SessionOffset offset(SourcePosition position) {
    return SessionOffset.of(position.offset()).orElseThrow();
  }

  /** A worker that ends now must find them, or nobody unsubscribes the session. */
  @Test
  void theFirstRecordsOfAFormerSessionKeepItsSubscriptions() {
    SubscriptionState former =
        new SubscriptionState("c-2", Optional.empty(), List.of("a", "b"), 2, 4, 1000);

    assertThat(offset(former.position()))
        .isEqualTo(new SessionOffset(List.of("a", "b"), 1000, 2, 4));
    assertThat(former.filters()).isEmpty();
  }

  @Test
  void recordsFromBeforeSubscribingKeepTheStoredOffset() {
    SubscriptionState state =
        new SubscriptionState("c-0", Optional.of(BEFORE), List.of("b"), 2, 4, 1000);
    assertThat(offset(state.position())).isEqualTo(BEFORE);

    state.granted(List.of("a"), false);
    state.seen(1000);

    assertThat(offset(state.position()))
        .isEqualTo(new SessionOffset(List.of("a", "b"), 1000, 2, 4));
    SourcePosition same = state.position();
    state.seen(2000);
    assertThat(state.position()).isSameAs(same);
    state.left(List.of("b"));
    state.seen(2000);
    assertThat(offset(state.position())).isEqualTo(new SessionOffset(List.of("a"), 2000, 2, 4));
  }
}
