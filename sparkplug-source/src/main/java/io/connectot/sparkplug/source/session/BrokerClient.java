// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.sparkplug.host.HostState;
import java.util.List;
import java.util.Optional;

/**
 * What outlives the connections to one broker. Immutable, of thread-safe parts.
 *
 * @param device the host, whose status is that of the connection
 * @param state publishes STATE; only used by a host that publishes
 */
record BrokerClient(
    SparkplugDriver.Host host,
    Device<?> device,
    EdgeQueue queue,
    EdgeProcessor processor,
    StatePublisher state,
    BrokerConnection.Client connection,
    EdgeProcessor.SharedHost shared,
    FirstConnect firstConnect,
    TaskMetrics metrics,
    Clock clock) {

  static BrokerClient of(
      SparkplugDriver driver,
      Device<?> device,
      TransportFactory transports,
      EdgeProcessor.SharedHost shared,
      FirstConnect firstConnect,
      TaskMetrics metrics,
      Clock clock) {
    SparkplugDriver.Host host = driver.host();
    EdgeQueue queue = new EdgeQueue(host.queueBytes(), metrics);
    StatePublisher state = new StatePublisher(new HostState(host.id()), clock);
    BrokerAddress broker = (BrokerAddress) device.settings();
    BrokerConnection.Client connection =
        new BrokerConnection.Client(
            new BrokerList(List.of(broker)),
            transports,
            () -> {
              if (!host.role().publishes()) {
                return Optional.empty();
              }
              firstConnect.begins(broker);
              return Optional.of(state.will());
            },
            new TakeOverPolicy(driver.clientId()),
            clock);
    return new BrokerClient(
        host,
        device,
        queue,
        new EdgeProcessor(device.endpoint(), queue, shared, clock, metrics),
        state,
        connection,
        shared,
        firstConnect,
        metrics,
        clock);
  }
}
