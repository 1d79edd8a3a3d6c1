// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.transport.ConnectionLoss;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TakeOverPolicyTest {
  private final ProtocolException cause =
      new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "0x8E SESSION_TAKEN_OVER", "tcp://broker:1883", null);
  private final ConnectionLoss takenOver = new ConnectionLoss(cause, true);
  private final ConnectionLoss lost = new ConnectionLoss(cause, false);

  private final TakeOverPolicy policy = new TakeOverPolicy("plant-0");

  private Kind after(ConnectionLoss loss, int seconds) {
    return policy.cause(loss, Duration.ofSeconds(seconds).toNanos()).kind();
  }

  @Test
  void theThirdTakeOverInARowIsFatalAndNamesTheClient() {
    assertThat(after(takenOver, 1)).isEqualTo(Kind.CONFIGURATION);
    assertThat(after(takenOver, 1)).isEqualTo(Kind.CONFIGURATION);
    assertThat(policy.cause(takenOver, 0))
        .returns(Kind.FATAL, ProtocolException::kind)
        .returns("0x8E SESSION_TAKEN_OVER", ProtocolException::status)
        .hasMessageContainingAll("tcp://broker:1883", "plant-0", "mqtt.client.id");
  }

  @Test
  void aStableConnectionEndsTheRow() {
    for (int i = 0; i < 10; i++) {
      assertThat(after(takenOver, 1)).isEqualTo(Kind.CONFIGURATION);
      assertThat(after(takenOver, 10)).isEqualTo(Kind.CONFIGURATION);
    }
  }

  @Test
  void anyOtherLossIsWhatItIs() {
    assertThat(policy.cause(lost, 0)).isSameAs(cause);
  }
}
