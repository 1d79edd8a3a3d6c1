// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a PUBLISH packet holds, it is a message or it is invalid, and nothing else happens. */
class PublishFuzzTest {
  private static final int ROUNDS = 50_000;

  private static final byte[] GOOD =
      HexFormat.of()
          .parseHex(
              "0009706c616e742fc3bc61" // topic
                  + "0102" // packet identifier
                  + "29" // properties
                  + "0101"
                  + "0200000010"
                  + "030002"
                  + "6a6b"
                  + "080002"
                  + "722f"
                  + "090003"
                  + "010203"
                  + "0b9601"
                  + "260001"
                  + "61"
                  + "0001"
                  + "62"
                  + "260001"
                  + "61"
                  + "0000"
                  + "0b01"
                  + "7061796c6f6164"); // payload

  private final Random random = new Random(42);

  @ParameterizedTest
  @EnumSource
  void randomBytesAreMessagesOrInvalid(MqttVersion version) {
    PublishParser parser = new PublishParser(1, version);
    int messages = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = 0;
        bytes[1] = (byte) random.nextInt(12);
      }
      messages += parse(parser, 0x30 | random.nextInt(16), bytes) ? 1 : 0;
    }
    assertThat(messages).isBetween(1, ROUNDS - 1);
  }

  @ParameterizedTest
  @EnumSource
  void mutatedPacketsAreMessagesOrInvalid(MqttVersion version) {
    PublishParser parser = new PublishParser(1, version);
    assertThat(parse(parser, 0x32, GOOD)).isTrue();
    int messages = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes =
          Arrays.copyOf(GOOD, random.nextInt(10) == 0 ? random.nextInt(70) : GOOD.length);
      for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      messages += parse(parser, 0x32, bytes) ? 1 : 0;
    }
    assertThat(messages).isBetween(1, ROUNDS - 1);
  }

  /** Whether it is a message. */
  private static boolean parse(PublishParser parser, int first, byte[] bytes) {
    try {
      InboundMessage message = parser.parse(first, bytes, 0, bytes.length);
      assertThat(message.topic()).isNotEmpty();
      assertThat(message.payload().length).isLessThanOrEqualTo(bytes.length);
      assertThat(message.qos()).isBetween(0, 2);
      assertThat(message.packetId() > 0).isEqualTo(message.qos() > 0);
      return true;
    } catch (InvalidPacketException e) {
      assertThat(e).hasMessageNotContaining("null");
      return false;
    }
  }
}
