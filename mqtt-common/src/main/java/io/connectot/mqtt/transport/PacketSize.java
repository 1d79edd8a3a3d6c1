// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.nio.charset.StandardCharsets;

/** Upper bound of the size of a PUBLISH packet (MQTT 5.0 §3.3). */
final class PacketSize {
  /** Fixed header, packet identifier, property length, and the fixed-size properties. */
  private static final int OVERHEAD = 5 + 2 + 4 + 2 + 5 + 3;

  private static final int STRING = 2;

  private PacketSize() {}

  static long of(OutboundMessage message) {
    MessageProperties properties = message.properties();
    long size = OVERHEAD + string(message.topic()) + message.payload().length;
    size += properties.contentType().map(text -> 1 + string(text)).orElse(0L);
    size += properties.responseTopic().map(text -> 1 + string(text)).orElse(0L);
    size += properties.correlationData().map(bytes -> 1L + STRING + bytes.length).orElse(0L);
    for (UserProperty property : properties.userProperties()) {
      size += 1 + string(property.name()) + string(property.value());
    }
    return size;
  }

  private static long string(String text) {
    return (long) STRING + text.getBytes(StandardCharsets.UTF_8).length;
  }
}
