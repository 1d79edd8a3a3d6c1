// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.socket;

import io.connectot.mqtt.config.BrokerAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * MQTT in WebSocket frames (RFC 6455; MQTT 5.0 §6): the opening handshake, and the two directions.
 */
public final class WebSocket {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_LINES = 200;

  private final WebSocketInput input;
  private final WebSocketOutput output;

  private WebSocket(InputStream in, OutputStream out) {
    this.output = new WebSocketOutput(out, RANDOM);
    this.input = new WebSocketInput(in, output);
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  /** Performs the opening handshake. */
  public static WebSocket open(BrokerAddress broker, InputStream in, OutputStream out)
      throws IOException {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    String request =
        "GET "
            + broker.path()
            + " HTTP/1.1\r\nHost: "
            + broker.urlHost()
            + ":"
            + broker.port()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
            + key
            + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String status = line(in);
    Map<String, String> headers = headers(in);
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new ProtocolException(
          "the server wants no WebSocket on "
              + broker
              + " but answers '"
              + status.substring(0, Math.min(status.length(), 80))
              + "'; check the path");
    }
    if (!accept(key).equals(headers.get("sec-websocket-accept"))) {
      throw new ProtocolException("the server does not answer the WebSocket handshake properly");
    }
    String protocol = headers.getOrDefault("sec-websocket-protocol", "mqtt");
    if (!protocol.equalsIgnoreCase("mqtt")) {
      throw new ProtocolException("the server's WebSocket speaks '" + protocol + "', not mqtt");
    }
    return new WebSocket(in, out);
  }

  public static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // RFC 6455 §4.2.2
      byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    throw new ProtocolException("the server answers with endless headers");
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection in the WebSocket handshake");
      }
      if (line.length() >= LONGEST_LINE) {
        throw new ProtocolException("the server answers with an endless line");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
