// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.LineException;
import java.util.List;

/**
 * Finds out what devices offer, so that a connector can be configured from it. A protocol module
 * that can do so names its implementation in {@code
 * META-INF/services/io.connectot.core.spi.discovery.Discovery}. Reads only; never changes anything
 * on a device. Stateless and thread-safe, with a public constructor without parameters.
 */
public interface Discovery {

  /** The name of the protocol for people, e.g. {@code OPC UA}. */
  String title();

  /** The class of the connector whose configuration the findings become. */
  String connectorClass();

  /**
   * The key of the configuration that has the address: a whole key such as {@code mqtt.brokers}, or
   * a prefix such as {@code devices.}, after which the name of the device follows.
   */
  String addressKey();

  /** An address as users write it, e.g. {@code tcp://10.0.0.5:502?unit=1}. */
  String addressExample();

  /** The ways to look at a device, the usual one first; at least one. */
  List<DiscoveryMethod> methods();

  /**
   * Looks at a device and adds what it finds to the run, until everything is found or the run takes
   * no more. Opens connections of its own and closes them before it returns. Returns soon after the
   * thread is interrupted or the run is cancelled.
   *
   * @param request has the keys of the connector as far as the user gave them, with references to
   *     config providers resolved
   * @throws LineException when an address or a parameter cannot work, saying what to write
   * @throws org.apache.kafka.common.config.ConfigException when a key cannot work
   * @throws ProtocolException when the device cannot be reached or does not answer
   */
  void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException;
}
