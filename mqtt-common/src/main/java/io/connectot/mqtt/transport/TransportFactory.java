// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import java.util.Optional;

/** Creates transports. Thread-safe. */
@FunctionalInterface
public interface TransportFactory {

  /**
   * Creates a transport for one connection. Does not connect.
   *
   * @param will published by the broker if this connection breaks
   */
  MqttTransport newTransport(BrokerAddress broker, Optional<Will> will);
}
