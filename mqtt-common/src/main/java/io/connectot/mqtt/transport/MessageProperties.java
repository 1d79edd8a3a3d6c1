// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The MQTT 5 properties of a message (MQTT 5.0 §3.3.2.3). Immutable.
 *
 * @param userProperties in order of occurrence
 * @param correlationData must not be modified
 * @param expiry whole seconds; for an inbound message the remaining time
 * @param utf8 whether the payload is declared as UTF-8
 */
public record MessageProperties(
    List<UserProperty> userProperties,
    Optional<String> contentType,
    Optional<String> responseTopic,
    Optional<byte[]> correlationData,
    Optional<Duration> expiry,
    boolean utf8) {

  /** No properties, as in MQTT 3.1.1. */
  public static final MessageProperties NONE =
      new MessageProperties(
          List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  public MessageProperties {
    userProperties = List.copyOf(userProperties);
  }
}
