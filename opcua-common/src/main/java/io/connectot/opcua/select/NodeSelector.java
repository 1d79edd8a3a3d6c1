// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.config.PublishedNodes.PublishedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds the nodes of devices: those that are configured, by id or path, those of a file, those
 * below browse roots.
 *
 * <p>In one session the first selection asks the server about everything, later ones only about
 * what was missing, until the refresh interval has passed or {@link #expire} was called. Points are
 * the same instances in all selections as long as the server says the same about their nodes. For
 * one thread at a time, except {@link #expire}.
 */
public final class NodeSelector {
  private final Configuration config;
  private final LongSupplier nanoTime;
  private final Map<String, List<Point<OpcUaTag>>> configured = new HashMap<>();
  private final Map<String, TagCache> caches = new HashMap<>();
  private final Map<String, Current> current = new HashMap<>();
  private volatile int changes;

  /** What is known of a device, since when, and of which state of its server. */
  private record Current(DeviceSelection selection, long since, int changes) {}

  /**
   * @param devices with the tags that have lines
   * @param nanoTime a monotonic clock
   */
  public NodeSelector(
      Configuration config,
      PublishedNodes published,
      Map<Device<OpcUaDevice>, List<Tag<OpcUaTag>>> devices,
      LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    devices.forEach(
        (device, tags) -> {
          TagCache cache = new TagCache(device, config);
          List<Tag<OpcUaTag>> all = new ArrayList<>(tags);
          all.addAll(published(published.of(device.settings()), tags, cache));
          configured.put(device.name(), all.stream().map(tag -> new Point<>(device, tag)).toList());
          caches.put(device.name(), cache);
        });
  }

  /**
   * Finds what is to be read of a device, all parts of it.
   *
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  public Selection select(UaSession session, Device<OpcUaDevice> device)
      throws ProtocolException, InterruptedException {
    String name = device.name();
    Current known = current.get(name);
    if (known == null || known.selection.session() != session || isOld(known)) {
      known =
          new Current(
              new DeviceSelection(config, configured.get(name), caches.get(name), session),
              nanoTime.getAsLong(),
              changes);
    }
    Selection selection = known.selection.select();
    // Only what is complete is kept.
    current.put(name, known);
    return selection;
  }

  /**
   * From now on asks the server about everything again: its nodes or what they mean have changed.
   * Thread-safe.
   */
  public synchronized void expire() {
    changes++;
  }

  private boolean isOld(Current known) {
    Duration refresh = config.get(OpcUaBrowseConfig.REFRESH);
    return known.changes != changes
        || (!refresh.isZero() && nanoTime.getAsLong() - known.since >= refresh.toNanos());
  }

  private static List<Tag<OpcUaTag>> published(
      List<PublishedNode> nodes, List<Tag<OpcUaTag>> tags, TagCache cache) {
    Set<String> taken = new HashSet<>();
    tags.forEach(tag -> taken.add(tag.name()));
    Map<String, String> wanted = new LinkedHashMap<>();
    Map<String, PublishedNode> addresses = new LinkedHashMap<>();
    for (PublishedNode node : nodes) {
      String address = node.tag().node().toString();
      String name = TagNames.legal(node.name().orElse(address));
      // The same node may be listed twice, under two names.
      wanted.put(address + ' ' + name, name);
      addresses.put(address + ' ' + name, node);
    }
    Map<String, String> unique = TagNames.unique(wanted, taken);
    List<Tag<OpcUaTag>> made = new ArrayList<>();
    addresses.forEach(
        (id, node) -> made.add(cache.make(unique.get(id), node.tag(), node.heartbeat())));
    return made;
  }
}
