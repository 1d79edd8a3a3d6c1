// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.Inventory;
import io.connectot.core.config.InventoryLoader;
import io.connectot.core.config.SourceConfig;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.StreamingDriver;
import java.util.Map;

/**
 * A configuration in the form the runtime needs it.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
record SourceSetup<E, A>(SourceConfig config, Driver<E, A> driver, Inventory<E, A> inventory) {

  /** Whether tasks may share an endpoint. */
  boolean splitsEndpoints() {
    return driver instanceof StreamingDriver<E, A> streaming && streaming.splitsEndpoints();
  }

  /**
   * Reads a configuration.
   *
   * @throws org.apache.kafka.common.config.ConfigException when it cannot work, naming every guilty
   *     key
   */
  static SourceSetup<?, ?> of(Protocol protocol, Map<String, String> props) {
    SourceConfig config = new SourceConfig(protocol, props);
    return of(config, protocol.bind(config), protocol);
  }

  private static <E, A> SourceSetup<E, A> of(
      SourceConfig config, Driver<E, A> driver, Protocol protocol) {
    return new SourceSetup<>(
        config, driver, InventoryLoader.load(config, driver, protocol).orThrow());
  }
}
