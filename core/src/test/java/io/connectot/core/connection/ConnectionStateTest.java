// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import static io.connectot.core.connection.ConnectionState.BACKOFF;
import static io.connectot.core.connection.ConnectionState.CONNECTING;
import static io.connectot.core.connection.ConnectionState.Event.CONNECTED;
import static io.connectot.core.connection.ConnectionState.Event.FAILED;
import static io.connectot.core.connection.ConnectionState.Event.RETRY;
import static io.connectot.core.connection.ConnectionState.Event.STOP;
import static io.connectot.core.connection.ConnectionState.ONLINE;
import static io.connectot.core.connection.ConnectionState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.ConnectionState.Event;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionStateTest {
  /** The whole table: what is not in it is impossible. */
  private static final Map<ConnectionState, Map<Event, ConnectionState>> TRANSITIONS =
      Map.of(
          CONNECTING, Map.of(CONNECTED, ONLINE, FAILED, BACKOFF, STOP, STOPPED),
          ONLINE, Map.of(FAILED, BACKOFF, STOP, STOPPED),
          BACKOFF, Map.of(RETRY, CONNECTING, STOP, STOPPED),
          STOPPED, Map.of(CONNECTED, STOPPED, FAILED, STOPPED, RETRY, STOPPED, STOP, STOPPED));

  static Stream<Arguments> everyPair() {
    return Stream.of(ConnectionState.values())
        .flatMap(state -> Stream.of(Event.values()).map(event -> Arguments.of(state, event)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void followsTheTable(ConnectionState state, Event event) {
    ConnectionState next = TRANSITIONS.get(state).get(event);
    if (next == null) {
      assertThatThrownBy(() -> state.after(event))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(event + " cannot happen while " + state);
    } else {
      assertThat(state.after(event)).isEqualTo(next);
    }
  }
}
