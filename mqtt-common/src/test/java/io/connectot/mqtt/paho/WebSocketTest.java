// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.socket.WebSocket;
import io.connectot.mqtt.socket.WebSocketInput;
import io.connectot.mqtt.socket.WebSocketOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private WebSocketInput input(int... bytes) {
    byte[] frame = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      frame[i] = (byte) bytes[i];
    }
    return new WebSocketInput(
        new ByteArrayInputStream(frame), new WebSocketOutput(sent, new Random(1)));
  }

  /** RFC 6455 §1.3. */
  @Test
  void theKeyIsAnsweredAsTheStandardSays() {
    assertThat(WebSocket.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void fragmentsBecomeOneStreamAndPingsAreAnswered() throws IOException {
    WebSocketInput in = input(0x02, 2, 1, 2, 0x89, 1, 9, 0x80, 1, 3, 0x88, 0);
    assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    byte[] pong = sent.toByteArray();
    assertThat(pong).hasSize(7);
    assertThat(pong[0]).isEqualTo((byte) 0x8A);
    assertThat(pong[6] ^ pong[2]).isEqualTo(9);
  }

  @Test
  void framesThatTheStandardForbidsAreRefused() {
    assertThatThrownBy(() -> input(0x82, 0x81, 0, 0, 0, 0, 1).read())
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> input(0xC2, 1, 1).read()).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> input(0x81, 1, 1).read()).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> input(0x82, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0).read())
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aServerWithoutWebSocketsIsNamed() throws LineException {
    BrokerAddress broker = BrokerAddress.parse("ws://broker/path");
    byte[] answer = "HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> WebSocket.open(broker, new ByteArrayInputStream(answer), sent))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("check the path");
  }
}
