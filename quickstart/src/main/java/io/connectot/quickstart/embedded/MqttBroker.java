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
 * An in-memory broker for MQTT 3.1.1 and 5 in this process, on the loopback interface; {@link
 * #close} deletes all its state. For one thread, except {@link #close}, which is thread-safe.
 */
public final class MqttBroker implements AutoCloseable {
  private static final String ACCEPTOR = "mqtt";

  /** The limit per topic, enough for hours of the plant's messages; later messages are dropped. */
  private static final long MOST_BYTES_QUEUED = 4L * 1024 * 1024;

  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final int port;

  private MqttBroker(int port) {
    this.port = port;
  }

  /**
   * Starts a broker and returns when it accepts connections.
   *
   * @param port the port to listen on
   * @throws IOException if it cannot listen on the port
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

  /** The address for clients, e.g. {@code tcp://127.0.0.1:18830}. */
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
