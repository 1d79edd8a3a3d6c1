// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What MQTT 5 says about a message beside topic and payload (MQTT 5.0 §3.3.2.3). Immutable.
 *
 * @param userProperties in their order
 * @param correlationData not to be changed
 * @param expiry whole seconds; of an inbound message what is left
 * @param utf8 whether the payload is declared to be UTF-8
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
