// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A broker for MQTT 3.1.1 and 5 in this process, in memory, on ports of the machine's choice. */
public final class TestBroker implements AutoCloseable {
  private static final String PLAIN = "plain";
  private static final String TLS = "tls";

  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

  private TestBroker(Map<String, String> acceptors) throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false);
    for (Map.Entry<String, String> acceptor : acceptors.entrySet()) {
      configuration.addAcceptorConfiguration(
          acceptor.getKey(), "tcp://127.0.0.1:0?protocols=MQTT" + acceptor.getValue());
    }
    broker.setConfiguration(configuration);
    broker.start();
  }

  /** A broker without TLS; the port serves WebSockets as well. */
  public static TestBroker start() throws Exception {
    return new TestBroker(Map.of(PLAIN, ""));
  }

  /**
   * A broker that also has a port for TLS, and wants a client certificate there.
   *
   * @param keys a PKCS12 store
   * @param trust a PKCS12 store
   */
  public static TestBroker startWithTls(Path keys, Path trust, String password) throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("sslEnabled", "true");
    parameters.put("needClientAuth", "true");
    parameters.put("keyStorePath", keys.toString());
    parameters.put("keyStoreType", "PKCS12");
    parameters.put("keyStorePassword", password);
    parameters.put("trustStorePath", trust.toString());
    parameters.put("trustStoreType", "PKCS12");
    parameters.put("trustStorePassword", password);
    String query =
        parameters.entrySet().stream()
            .map(entry -> ";" + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    return new TestBroker(Map.of(PLAIN, "", TLS, query));
  }

  /** The port without TLS. */
  public int port() {
    return port(PLAIN);
  }

  /** The port with TLS. */
  public int tlsPort() {
    return port(TLS);
  }

  /** How many messages a client acknowledged, as far as the broker has noticed. */
  public long acknowledged(String clientId) {
    return broker
        .getActiveMQServer()
        .getPostOffice()
        .getAllBindings()
        .filter(QueueBinding.class::isInstance)
        .map(binding -> ((QueueBinding) binding).getQueue())
        .filter(queue -> queue.getName().toString().contains(clientId))
        .mapToLong(Queue::getMessagesAcknowledged)
        .sum();
  }

  private int port(String acceptor) {
    return broker.getActiveMQServer().getRemotingService().getAcceptor(acceptor).getActualPort();
  }

  @Override
  public void close() {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
