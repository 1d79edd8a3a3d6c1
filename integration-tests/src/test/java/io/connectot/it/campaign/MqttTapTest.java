// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MqttTapTest implements MqttTap.Listener {
  private final List<String> events = new ArrayList<>();
  private final MqttTap tap = new MqttTap(this);

  @Override
  public void acknowledged(byte[] payload) {
    events.add(new String(payload, StandardCharsets.US_ASCII));
  }

  @Override
  public void sessionDiscarded() {
    events.add("discarded");
  }

  @Test
  void tellsWhichMessagesAreAcknowledgedInEachDirection() {
    server(publish(1, "0:1"));
    server(publish(2, "0:2"));
    client(publish(1, "9:9"));
    client(packet(0x40, 0, 2));
    client(packet(0x40, 0, 1, 0));
    assertThat(events).containsExactly("0:2", "0:1");

    server(packet(0x40, 0, 1, 0, 0));
    assertThat(events).containsExactly("0:2", "0:1", "9:9");
  }

  @Test
  void readsPacketsInPieces() {
    byte[] bytes = publish(1, "0:" + "1".repeat(300));
    for (byte each : bytes) {
      tap.toClient(new byte[] {each}, 1);
    }
    client(packet(0x40, 0, 1));

    assertThat(events).containsExactly("0:" + "1".repeat(300));
  }

  @Test
  void aRefusedMessageIsNotAcknowledged() {
    client(publish(1, "0:1"));
    server(packet(0x40, 0, 1, 0x97));

    assertThat(events).isEmpty();
  }

  @Test
  void tellsThatASessionIsDiscarded() {
    client(packet(0x10, 0, 4, 'M', 'Q', 'T', 'T', 5, 0x00, 0, 0));
    assertThat(events).isEmpty();
    client(packet(0x10, 0, 4, 'M', 'Q', 'T', 'T', 5, 0x02, 0, 0));
    assertThat(events).containsExactly("discarded");
  }

  private void client(byte[] bytes) {
    tap.toServer(bytes, bytes.length);
  }

  private void server(byte[] bytes) {
    tap.toClient(bytes, bytes.length);
  }

  /** A QoS 1 message to the topic "t" with a property. */
  private static byte[] publish(int identifier, String payload) {
    byte[] text = payload.getBytes(StandardCharsets.US_ASCII);
    int[] body = new int[8 + text.length];
    int[] head = {0, 1, 't', 0, identifier, 2, 0x01, 0x01};
    System.arraycopy(head, 0, body, 0, head.length);
    for (int at = 0; at < text.length; at++) {
      body[head.length + at] = text[at];
    }
    return packet(0x32, body);
  }

  private static byte[] packet(int head, int... body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(head);
    int length = body.length;
    while (length > 127) {
      packet.write((length & 0x7F) | 0x80);
      length >>= 7;
    }
    packet.write(length);
    for (int each : body) {
      packet.write(each);
    }
    return packet.toByteArray();
  }
}
