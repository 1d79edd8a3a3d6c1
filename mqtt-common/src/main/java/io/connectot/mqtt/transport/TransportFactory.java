// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import java.util.Optional;

/** Makes transports. Thread-safe. */
@FunctionalInterface
public interface TransportFactory {

  /**
   * Makes a transport for one connection. Opens nothing.
   *
   * @param will what the broker says if this connection breaks
   */
  MqttTransport newTransport(BrokerAddress broker, Optional<Will> will);
}
