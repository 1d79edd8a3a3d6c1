// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.Protocol;
import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.sparkplug.topic.EdgeId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Sparkplug B, for commands. */
public final class EdgeProtocol implements Protocol {
  static final Key<Duration> BIRTH_TIMEOUT =
      Key.millis("sparkplug.birth.timeout.ms", 5_000, 100, Duration.ofMinutes(5))
          .display("Wait for a birth (ms)")
          .doc(
              "How long a command waits for the birth of its edge node or device, which names the"
                  + " types, in milliseconds. A rebirth is requested from every edge node after a"
                  + " connection to the broker, and again after this time. A command without a"
                  + " birth is tried again until it expires.");

  static final Key<Duration> REPORT_TIMEOUT =
      Key.millis("sparkplug.report.timeout.ms", 5_000, 0, Duration.ofMinutes(5))
          .display("Wait for the new value (ms)")
          .doc(
              "How long to wait after a command until the edge node reports the new value of the"
                  + " metric, in milliseconds. Edge nodes do not answer commands: without a report"
                  + " the result is UNKNOWN, with a report of another value FAILED. 0 does not"
                  + " wait: a command that was sent is DONE.");

  private static final Keys KEYS =
      Keys.of(
          Keys.group("Sparkplug", BIRTH_TIMEOUT, REPORT_TIMEOUT),
          MqttConnectionConfig.CLEAN_KEYS.with(
              MqttConnectionConfig.CLIENT_ID.doc(
                  "The beginning of the client id, to which a random part is added for every task."
                      + " Default: the name of the connector.")));

  private final Function<Collection<EdgeId>, KnownEdges> edges;

  /** For connectors. */
  public EdgeProtocol() {
    this(KnownEdges::new);
  }

  /**
   * For tests, which need to know what a session has heard.
   *
   * @param edges called for every session
   */
  EdgeProtocol(Function<Collection<EdgeId>, KnownEdges> edges) {
    this.edges = edges;
  }

  @Override
  public String name() {
    return "sparkplug";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    KEYS.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of();
  }

  @Override
  public EdgeDriver bind(AbstractConfig config) {
    Configuration keys = new Configuration(config);
    MqttConnectionConfig connection = new MqttConnectionConfig(keys);
    ConfigErrors.throwIfAny(connection.problems());
    Optional<TlsFactory> tls = connection.tls();
    String clientId =
        connection.clientId().orElseGet(() -> keys.connectorName().orElse(name()))
            + "-"
            + UUID.randomUUID().toString().substring(0, 8);
    MqttClientSettings settings = new MqttClientSettings(keys, clientId, Duration.ZERO);
    return new EdgeDriver(
        connection,
        clientId,
        new EdgeSession.Timeouts(
            keys.get(BIRTH_TIMEOUT),
            keys.get(MqttConnectionConfig.CONNECT_TIMEOUT),
            keys.get(REPORT_TIMEOUT)),
        new PahoTransportFactory(settings, tls),
        edges,
        Clock.SYSTEM);
  }
}
