// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.UserProperty;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a broker that keeps the standard. */
class BrokerTest {
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void messagesArriveInOrderAndThreadsEndWithTheConnection(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    String topic = "order/" + rig.clientId;
    try (MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      assertThat(transport.connect(rig).sessionPresent()).isFalse();
      assertThat(transport.subscribe(List.of(Subscription.of(topic, 1))))
          .extracting(SubscribeResult::grantedQos)
          .containsExactly(1);
      BlockingQueue<PublishResult> results = new LinkedBlockingQueue<>();
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        sent.add("m" + i);
        assertThat(transport.awaitWindow(Duration.ofSeconds(20))).isTrue();
        assertThat(transport.publish(TransportRig.outbound(topic, "m" + i, 1), results::add))
            .isTrue();
      }
      List<String> received = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        InboundMessage message = rig.message();
        assertThat(message.qos()).isEqualTo(1);
        transport.acknowledge(message);
        received.add(TransportRig.text(message));
        assertThat(results.poll(20, TimeUnit.SECONDS)).isEqualTo(PublishResult.SUCCESS);
      }
      assertThat(received).isEqualTo(sent);
      // The library tells of a result just before it frees the place in the window.
      await().atMost(Duration.ofSeconds(60)).until(() -> transport.inFlight() == 0);
      transport.unsubscribe(List.of(topic));
      transport.disconnect(Duration.ofSeconds(20));
    }
    rig.awaitNoThreads();
    assertThat(rig.losses).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotAcknowledgedComesAgain(MqttVersion version) throws Exception {
    TransportRig rig =
        new TransportRig(version, Duration.ofHours(1), Duration.ofSeconds(20), Optional.empty());
    String topic = "again/" + rig.clientId;
    try (MqttTransport first = rig.transport(TransportRig.tcp(broker.port()))) {
      first.connect(rig);
      first.subscribe(List.of(Subscription.of(topic, 1)));
      first.publish(TransportRig.outbound(topic, "one", 1), result -> {});
      first.publish(TransportRig.outbound(topic, "two", 1), result -> {});
      InboundMessage one = rig.message();
      assertThat(TransportRig.text(one)).isEqualTo("one");
      assertThat(TransportRig.text(rig.message())).isEqualTo("two");
      first.acknowledge(one);
      // What it has not noticed when the connection ends, this broker forgets.
      await().atMost(Duration.ofSeconds(60)).until(() -> broker.acknowledged(rig.clientId) == 1);
      first.disconnect(Duration.ofSeconds(20));
    }
    try (MqttTransport second = rig.transport(TransportRig.tcp(broker.port()))) {
      assertThat(second.connect(rig).sessionPresent()).isTrue();
      InboundMessage again = rig.message();
      assertThat(TransportRig.text(again)).isEqualTo("two");
      second.acknowledge(again);
      second.publish(TransportRig.outbound(topic, "three", 1), result -> {});
      assertThat(TransportRig.text(rig.message())).isEqualTo("three");
    }
    rig.awaitNoThreads();
  }

  @Test
  void propertiesTravelBothWays() throws Exception {
    TransportRig rig = new TransportRig(MqttVersion.V5);
    String topic = "properties/" + rig.clientId;
    MessageProperties properties =
        new MessageProperties(
            List.of(new UserProperty("a", "1"), new UserProperty("a", "2")),
            Optional.of("text/plain"),
            Optional.of("answers/here"),
            Optional.of(new byte[] {1, 2, 3}),
            Optional.of(Duration.ofSeconds(100)),
            true);
    try (MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      transport.subscribe(List.of(Subscription.of(topic, 0)));
      byte[] payload = "x".getBytes(StandardCharsets.UTF_8);
      transport.publish(new OutboundMessage(topic, payload, 0, false, properties), result -> {});
      MessageProperties received = rig.message().properties();
      assertThat(received.userProperties()).containsExactlyElementsOf(properties.userProperties());
      assertThat(received.contentType()).isEqualTo(properties.contentType());
      assertThat(received.responseTopic()).isEqualTo(properties.responseTopic());
      assertThat(received.correlationData().orElseThrow()).containsExactly(1, 2, 3);
      assertThat(received.expiry()).isPresent();
      assertThat(received.utf8()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesTravelInWebSockets(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    String topic = "socket/" + rig.clientId;
    BrokerAddress address =
        new BrokerAddress(BrokerAddress.Scheme.WS, "127.0.0.1", broker.port(), "/mqtt");
    String longText = "long ".repeat(30_000);
    try (MqttTransport transport = rig.transport(address)) {
      transport.connect(rig);
      transport.subscribe(List.of(Subscription.of(topic, 1)));
      for (String text : List.of("short", "middle ".repeat(40), longText)) {
        transport.publish(TransportRig.outbound(topic, text, 1), result -> {});
        InboundMessage message = rig.message();
        assertThat(TransportRig.text(message)).isEqualTo(text);
        transport.acknowledge(message);
      }
    }
    rig.awaitNoThreads();
  }

  @Test
  void theOneWhoseSessionIsTakenIsTold() throws Exception {
    TransportRig rig = new TransportRig(MqttVersion.V5);
    try (MqttTransport first = rig.transport(TransportRig.tcp(broker.port()));
        MqttTransport second = rig.transport(TransportRig.tcp(broker.port()))) {
      first.connect(rig);
      second.connect(rig);
      ConnectionLoss loss = rig.loss();
      assertThat(loss.takenOver()).isTrue();
      assertThat(loss.cause().status()).isEqualTo("0x8E SESSION_TAKEN_OVER");
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @EnumSource
  void aTopicWithWildcardsIsRefusedAndNothingElse(MqttVersion version) throws Exception {
    TransportRig rig = new TransportRig(version);
    BlockingQueue<PublishResult> results = new LinkedBlockingQueue<>();
    try (MqttTransport transport = rig.transport(TransportRig.tcp(broker.port()))) {
      transport.connect(rig);
      transport.publish(TransportRig.outbound("a/#", "x", 1), results::add);
      assertThat(results.poll(20, TimeUnit.SECONDS))
          .isEqualTo(PublishResult.refused(ReasonCode.TOPIC_NAME_INVALID));
      transport.publish(TransportRig.outbound("a/b", "x", 1), results::add);
      assertThat(results.poll(20, TimeUnit.SECONDS)).isEqualTo(PublishResult.SUCCESS);
    }
    rig.awaitNoThreads();
  }
}
