// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import io.connectot.core.spi.discovery.Discovery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocols that can look at devices. Immutable. */
public final class DiscoveryCatalog {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryCatalog.class);

  private final List<Discovery> discoveries;

  /** A catalog of these. */
  public DiscoveryCatalog(List<Discovery> discoveries) {
    this.discoveries = discoveries.stream().sorted(Comparator.comparing(Discovery::title)).toList();
  }

  /**
   * Those that a class loader has. A worker has one class loader for each directory of its plugin
   * path, so that these are the protocols beside the console in the same directory.
   */
  public static DiscoveryCatalog of(ClassLoader loader) {
    List<Discovery> found = new ArrayList<>();
    Iterator<Discovery> services = ServiceLoader.load(Discovery.class, loader).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return new DiscoveryCatalog(found);
        }
        found.add(services.next());
      } catch (ServiceConfigurationError e) {
        log.warn("A protocol in the directory of the console cannot look at devices", e);
      }
    }
  }

  /** All, by their titles. */
  public List<Discovery> all() {
    return discoveries;
  }

  /** That of a connector, by its class. */
  public Optional<Discovery> of(String connectorClass) {
    return discoveries.stream()
        .filter(discovery -> discovery.connectorClass().equals(connectorClass))
        .findFirst();
  }
}
