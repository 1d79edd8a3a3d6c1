// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportListener;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the broker answers to SUBSCRIBE names the lines and the remedy. */
class SubscribeRequestsTest {
  private final ScriptedTransports broker = new ScriptedTransports();

  private static SourceSubscription line(String name, String filter) {
    return new SourceSubscription(name, filter, 1, RetainedPolicy.TAKE);
  }

  private SubscribeRequests.Outcome subscribe(SourceSubscription... lines) throws Exception {
    MqttTransport transport =
        broker.newTransport(new BrokerAddress(Scheme.TCP, "broker", 1883, ""), Optional.empty());
    transport.connect(TransportListener.DEAF);
    return SubscribeRequests.subscribe(transport, List.of(lines), false);
  }

  @ParameterizedTest
  @CsvSource({
    "$share/g/a/#, 0x9E SHARED_SUBSCRIPTIONS_NOT_SUPPORTED, set mqtt.scale=split or none",
    "$share/g/a/#, 0x80 UNSPECIFIED_ERROR, 'if the broker has no shared subscriptions, set"
        + " mqtt.scale=split or none'",
    "a/#, 0xA2 WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED, subscribe to topics without + and #",
    "a/#, 0x97 QUOTA_EXCEEDED, raise the broker's limit of subscriptions",
    "a/#, 0x87 NOT_AUTHORIZED, check the filter and what the user may subscribe to"
  })
  void aRefusedFilterNamesItsLineAndTheRemedy(String filter, String reason, String remedy)
      throws Exception {
    broker.refused.add(filter);
    broker.refusal = reason;
    assertThat(subscribe(line("one", filter), line("two", "b")).refusals())
        .singleElement()
        .asString()
        .startsWith("subscriptions.one: the broker refused '" + filter + "' with " + reason)
        .contains(remedy);
  }

  @Test
  void aBrokerThatClosesAfterSubscribeIsAskedForTheseFilters() {
    broker.subscribeFailure.set(lost());
    assertThatThrownBy(() -> subscribe(line("one", "a/#"), line("two", "b")))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo("CONNECTION_LOST"))
        .hasMessageContainingAll(
            "the broker closed it",
            "it was asked for subscriptions.one 'a/#', subscriptions.two 'b'",
            "check what the user may subscribe to");
  }

  @Test
  void theStatusNamesTheFiltersToo() throws Exception {
    try (SessionRig rig = new SessionRig()) {
      rig.broker.subscribeFailure.set(lost());
      rig.start();
      List<SourceRecord> statuses = rig.pollEvents(2);
      assertThat(((Struct) statuses.get(0).value()).getString("state")).isEqualTo("OFFLINE");
      assertThat(((Struct) statuses.get(0).value()).getString("cause"))
          .contains("the broker closed it; it was asked for subscriptions.all '#'");
      assertThat(((Struct) statuses.get(1).value()).getString("state")).isEqualTo("ONLINE");
    }
  }

  private static ProtocolException lost() {
    return new ProtocolException(
        Kind.TRANSIENT, Scope.CONNECTION, "CONNECTION_LOST", "the broker closed it", null);
  }
}
