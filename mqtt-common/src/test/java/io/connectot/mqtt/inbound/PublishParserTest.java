// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.UserProperty;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishParserTest {
  private static final int QOS_1 = 0x32;

  /** Parses what is behind the fixed header, in the middle of other bytes. */
  private static InboundMessage parse(MqttVersion version, int first, byte[] body)
      throws InvalidPacketException {
    byte[] data = new byte[body.length + 20];
    System.arraycopy(body, 0, data, 7, body.length);
    return new PublishParser(9, version).parse(first, data, 7, 7 + body.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatEveryMessageHas(MqttVersion version) throws Exception {
    byte[] body =
        bytes(version == MqttVersion.V5 ? "0003612f62 0102 00 7879" : "0003612f62 0102 7879");
    InboundMessage message = parse(version, 0x3B, body);
    assertThat(message.epoch()).isEqualTo(9);
    assertThat(message.topic()).isEqualTo("a/b");
    assertThat(message.packetId()).isEqualTo(0x0102);
    assertThat(message.payload()).containsExactly('x', 'y');
    assertThat(message.qos()).isEqualTo(1);
    assertThat(message.retained()).isTrue();
    assertThat(message.duplicate()).isTrue();
    assertThat(message.properties()).isEqualTo(MessageProperties.NONE);
  }

  @Test
  void aMessageOfQos0HasNoIdentifierAndMayBeEmpty() throws Exception {
    InboundMessage message = parse(MqttVersion.V3, 0x30, bytes("000161"));
    assertThat(message.packetId()).isZero();
    assertThat(message.qos()).isZero();
    assertThat(message.retained()).isFalse();
    assertThat(message.duplicate()).isFalse();
    assertThat(message.payload()).isEmpty();
  }

  @Test
  void readsEveryPropertyAsTheLibraryWritesIt() throws Exception {
    MqttProperties properties = new MqttProperties();
    properties.setPayloadFormat(true);
    properties.setMessageExpiryInterval(4_000_000_000L);
    properties.setContentType("text/plain; charset=ü");
    properties.setResponseTopic("antwort/hier");
    properties.setCorrelationData(new byte[] {0, 1, (byte) 0xFF});
    properties.setSubscriptionIdentifiers(List.of(1, 300, 268_435_455));
    properties.setUserProperties(
        List.of(
            new org.eclipse.paho.mqttv5.common.packet.UserProperty("straße", ""),
            new org.eclipse.paho.mqttv5.common.packet.UserProperty("straße", "𝄞")));
    MqttMessage content =
        new MqttMessage("x".getBytes(StandardCharsets.UTF_8), 2, false, properties);
    MqttPublish publish = new MqttPublish("plant/größe", content, properties);
    publish.setMessageId(77);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] header = publish.getHeader();
    int fixed = 1;
    while (header[fixed] < 0) {
      fixed++;
    }
    body.write(header, fixed + 1, header.length - fixed - 1);
    body.writeBytes(publish.getPayload());

    InboundMessage message = parse(MqttVersion.V5, header[0] & 0xFF, body.toByteArray());

    assertThat(message.topic()).isEqualTo("plant/größe");
    assertThat(message.packetId()).isEqualTo(77);
    assertThat(message.qos()).isEqualTo(2);
    assertThat(message.payload()).containsExactly('x');
    MessageProperties read = message.properties();
    assertThat(read.utf8()).isTrue();
    assertThat(read.expiry()).contains(Duration.ofSeconds(4_000_000_000L));
    assertThat(read.contentType()).contains("text/plain; charset=ü");
    assertThat(read.responseTopic()).contains("antwort/hier");
    assertThat(read.correlationData().orElseThrow()).containsExactly(0, 1, 0xFF);
    assertThat(read.userProperties())
        .containsExactly(new UserProperty("straße", ""), new UserProperty("straße", "𝄞"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "36 | 000161 0001                | MALFORMED_PACKET    | QoS 3",
        "38 | 000161                     | MALFORMED_PACKET    | duplicate",
        "30 | ''                         | MALFORMED_PACKET    | ends",
        "30 | 00                         | MALFORMED_PACKET    | ends",
        "30 | 000261                     | MALFORMED_PACKET    | ends",
        "32 | 000161                     | MALFORMED_PACKET    | ends",
        "32 | 000161 00                  | MALFORMED_PACKET    | ends",
        "32 | 000161 0000                | PROTOCOL_ERROR      | identifier",
        "30 | 0000 78                    | PROTOCOL_ERROR      | topic",
        "30 | 0003612f2b                 | TOPIC_NAME_INVALID  | wildcard",
        "30 | 0003612f23                 | TOPIC_NAME_INVALID  | wildcard",
        "30 | 00026100                   | MALFORMED_PACKET    | U+0000",
        "30 | 0002c041                   | MALFORMED_PACKET    | UTF-8",
        "30 | 0003eda080                 | MALFORMED_PACKET    | UTF-8",
        "30 | 0001ff                     | MALFORMED_PACKET    | UTF-8",
      })
  void refusesWhatNoMessageMayBe(String first, String body, ReasonCode reason, String why) {
    assertThatThrownBy(() -> parse(MqttVersion.V3, Integer.parseInt(first, 16), bytes(body)))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidPacketException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageContaining(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                  | MALFORMED_PACKET    | ends",
        "01                  | MALFORMED_PACKET    | longer than their packet",
        "8000                | MALFORMED_PACKET    | more bytes than it needs",
        "8080808001          | MALFORMED_PACKET    | more than 4 bytes",
        "04 0101 0101        | PROTOCOL_ERROR      | twice",
        "02 0102             | PROTOCOL_ERROR      | payload format",
        "0a 0200000001 0200000001 | PROTOCOL_ERROR | twice",
        "08 03000161 03000161 | PROTOCOL_ERROR     | twice",
        "08 08000161 08000161 | PROTOCOL_ERROR     | twice",
        "08 09000161 09000161 | PROTOCOL_ERROR     | twice",
        "04 0800012b         | PROTOCOL_ERROR      | wildcard",
        "04 030001 ff        | MALFORMED_PACKET    | UTF-8",
        "02 0b00             | PROTOCOL_ERROR      | subscription identifier",
        "03 230001           | TOPIC_ALIAS_INVALID | alias",
        "05 1100000001       | MALFORMED_PACKET    | property 17",
        "02 ff01             | MALFORMED_PACKET    | property 255",
        "02 0900 0161        | MALFORMED_PACKET    | longer than they say",
        "02 0200             | MALFORMED_PACKET    | ends",
      })
  void refusesPropertiesThatAreWrong(String properties, ReasonCode reason, String why) {
    byte[] body = bytes("000161 0001" + properties);
    assertThatThrownBy(() -> parse(MqttVersion.V5, QOS_1, body))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidPacketException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageContaining(why));
  }

  @Test
  void anAliasInPlaceOfATopicIsRefusedAsAnAlias() {
    assertThatThrownBy(() -> parse(MqttVersion.V5, 0x30, bytes("0000 03 230001")))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidPacketException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID));
  }

  @Test
  void topicsThatComeAgainAreTheSameObject() throws Exception {
    PublishParser parser = new PublishParser(1, MqttVersion.V3);
    String first = null;
    for (int i = 0; i < 5000; i++) {
      byte[] name = ("topic/" + i % 50).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.write(0);
      body.write(name.length);
      body.writeBytes(name);
      String topic = parser.parse(0x30, body.toByteArray(), 0, body.size()).topic();
      assertThat(topic).isEqualTo("topic/" + i % 50);
      if (i == 0) {
        first = topic;
      }
    }
    byte[] again = bytes("0007 746f7069632f30");
    again[1] = 7;
    assertThat(parser.parse(0x30, again, 0, again.length).topic()).isSameAs(first);
  }
}
