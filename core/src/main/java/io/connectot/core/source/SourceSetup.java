// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Driver.EventRecords;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.SessionFactory;
import io.connectot.core.spi.StreamingDriver;
import io.connectot.core.spi.StreamingSessionFactory;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a source connector's configuration.
 *
 * @param sessions opens the sessions
 * @param events where events of devices go; empty for none
 * @param inventory the devices and tags of the whole connector
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public record SourceSetup<E, A>(
    SourceSettings settings,
    SessionFactory<E, A> sessions,
    Optional<EventRecords> events,
    Inventory<E, A> inventory) {

  /**
   * Reads the configuration of a protocol with lines for its devices and tags.
   *
   * @throws org.apache.kafka.common.config.ConfigException when it cannot work, naming every guilty
   *     key
   */
  public static SourceSetup<?, ?> of(Protocol protocol, Map<String, String> props) {
    SourceConfig config = new SourceConfig(protocol, props);
    return of(config, protocol.bind(config), protocol);
  }

  private static <E, A> SourceSetup<E, A> of(
      SourceConfig config, Driver<E, A> driver, Protocol protocol) {
    return new SourceSetup<>(
        SourceSettings.of(config),
        sessions(driver),
        driver.eventRecords(),
        InventoryLoader.load(config, driver, protocol).orThrow());
  }

  private static <E, A> SessionFactory<E, A> sessions(Driver<E, A> driver) {
    if (driver instanceof PollingDriver<E, A> polling) {
      return polling;
    }
    if (driver instanceof StreamingDriver<E, A> streaming) {
      return streaming;
    }
    throw new IllegalArgumentException(driver.getClass() + " cannot read devices");
  }

  /** Whether tasks may share an endpoint. */
  boolean splitsEndpoints() {
    return sessions instanceof StreamingSessionFactory<E, A> streaming
        && streaming.splitsEndpoints();
  }
}
