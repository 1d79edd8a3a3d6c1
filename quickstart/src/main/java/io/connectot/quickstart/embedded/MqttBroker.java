// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import java.io.IOException;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A broker for MQTT 3.1.1 and 5 in this process, in memory, on the loopback interface: with {@link
 * #close} all it has kept is gone. For one thread, but {@link #close} for any.
 */
public final class MqttBroker implements AutoCloseable {
  private static final String ACCEPTOR = "mqtt";

  /** For each topic, hours of what a plant says; what comes then is dropped. */
  private static final long MOST_BYTES_QUEUED = 4L * 1024 * 1024;

  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final int port;

  private MqttBroker(int port) {
    this.port = port;
  }

  /**
   * Starts a broker and returns when it takes connections.
   *
   * @param port where it listens
   * @throws IOException when it cannot listen there
   */
  public static MqttBroker start(int port) throws IOException {
    MqttBroker started = new MqttBroker(port);
    try {
      started.broker.setConfiguration(configuration(port));
      started.broker.start();
    } catch (Exception e) {
      started.close();
      throw new IOException("the MQTT broker cannot start on port " + port, e);
    }
    if (started.broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR) == null) {
      started.close();
      throw new IOException("the MQTT broker cannot listen on port " + port);
    }
    return started;
  }

  private static Configuration configuration(int port) throws Exception {
    return new ConfigurationImpl()
        .setPersistenceEnabled(false)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .addAddressSetting(
            "#",
            new AddressSettings()
                .setMaxSizeBytes(MOST_BYTES_QUEUED)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP))
        .addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:" + port + "?protocols=MQTT");
  }

  /** What clients take as the address, e.g. {@code tcp://127.0.0.1:18830}. */
  public String address() {
    return "tcp://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the MQTT broker does not stop", e);
    }
  }
}
