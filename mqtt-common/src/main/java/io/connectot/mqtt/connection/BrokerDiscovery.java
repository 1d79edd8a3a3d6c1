// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryMethod.Parameter;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.config.MqttConnectionConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Listens to a broker for some seconds, and proposes what the messages show. */
public abstract class BrokerDiscovery implements Discovery {
  private static final String SECONDS = "seconds";
  private static final int MAX_SECONDS = 100;

  @Override
  public final String addressKey() {
    return MqttConnectionConfig.BROKERS.name();
  }

  @Override
  public final String addressExample() {
    return "tcp://broker.example.com:1883";
  }

  @Override
  public final List<DiscoveryMethod> methods() {
    return List.of(method());
  }

  /** The only method; {@link #secondsParameter} is one of its parameters. */
  protected abstract DiscoveryMethod method();

  /** The parameter of how long to listen. */
  protected static Parameter secondsParameter(int standard) {
    return Parameter.of(SECONDS, "Seconds to listen", Integer.toString(standard));
  }

  @Override
  public final void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    if (!request.method().equals(method().name())) {
      throw new LineException("method=" + request.method() + ": unknown");
    }
    Map<String, String> props = new HashMap<>(request.config());
    props.putIfAbsent(MappingConfig.TOPIC.name(), "discovery");
    props.put(MqttConnectionConfig.BROKERS.name(), request.address());
    listen(request, props, run);
  }

  /** How long the request asks to listen. */
  protected static Duration seconds(DiscoveryRequest request, int standard) throws LineException {
    return Duration.ofSeconds(request.number(SECONDS, standard, 1, MAX_SECONDS));
  }

  /**
   * Listens and reports.
   *
   * @param props the connector's configuration with the broker of the request; the caller's own
   */
  protected abstract void listen(
      DiscoveryRequest request, Map<String, String> props, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException;
}
