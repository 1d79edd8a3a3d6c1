// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaTag;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tags of one device with what the server says about their nodes. A point is the same instance
 * as long as the server says the same, so that what the runtime keeps in it stays of use. For one
 * thread at a time.
 */
final class TagCache {
  /** The header with the stable id of a tag's node. */
  private static final String NODE = "opcua.node";

  private final Device<?> device;
  private final ReportPolicy report;
  private final Duration interval;
  private final Map<Key, Point<OpcUaTag>> points = new HashMap<>();

  private final Map<NodeAddress, Point<OpcUaTag>> roots = new HashMap<>();

  private record Key(String id, String name) {}

  /**
   * @param config how tags without a line are reported, and how often they are read where they are
   *     polled
   */
  TagCache(Device<?> device, Configuration config) {
    this.device = device;
    this.report = ReportConfig.policy(config);
    this.interval = config.get(PollingConfig.POLL_INTERVAL);
  }

  /** A tag that no line configures. */
  Tag<OpcUaTag> make(String name, OpcUaTag address) {
    return make(name, address, Optional.empty());
  }

  /**
   * A tag that no line configures.
   *
   * @param heartbeat of its own; empty for that of the connector
   */
  Tag<OpcUaTag> make(String name, OpcUaTag address, Optional<Duration> heartbeat) {
    ReportPolicy own =
        heartbeat.isEmpty()
            ? report
            : new ReportPolicy(report.mode(), report.deadband(), heartbeat);
    return new Tag<>(
        name, address, ValueType.UNKNOWN, Optional.empty(), interval, own, Scaling.NONE, Map.of());
  }

  /** The point of a browse root that the server does not have; always the same instance. */
  Point<OpcUaTag> root(NodeAddress root) {
    return roots.computeIfAbsent(
        root,
        address ->
            new Point<>(
                device,
                make(
                    TagNames.legal(address.toString()),
                    new OpcUaTag(address, Optional.empty(), ItemSettings.DEFAULT))));
  }

  /**
   * A tag with what is known of its node now.
   *
   * @param id the stable id of the node
   * @param tag as configured, or as made
   */
  Point<OpcUaTag> described(String id, Tag<OpcUaTag> tag, NodeDescription node) {
    Optional<String> unit = tag.unit().isPresent() ? tag.unit() : node.properties().unit();
    // The tag line takes precedence over the server's description.
    Map<String, String> attributes = new LinkedHashMap<>(node.attributes());
    attributes.putAll(tag.attributes());
    ValueType type = type(tag, node);
    Key key = new Key(id, tag.name());
    Point<OpcUaTag> last = points.get(key);
    if (last == null
        || last.tag().type() != type
        || !last.tag().unit().equals(unit)
        || !last.tag().attributes().equals(attributes)) {
      last =
          new Point<>(
              device,
              new Tag<>(
                      tag.name(),
                      tag.address(),
                      type,
                      unit,
                      tag.interval(),
                      report(tag.report(), type),
                      tag.scaling(),
                      attributes)
                  .withHeaders(Map.of(NODE, id)));
      points.put(key, last);
    }
    return last;
  }

  /** Forgets all points but these. */
  void keep(Collection<Point<OpcUaTag>> current) {
    Set<Point<OpcUaTag>> kept = new HashSet<>(current);
    points.values().removeIf(point -> !kept.contains(point));
  }

  private static ValueType type(Tag<OpcUaTag> tag, NodeDescription node) {
    boolean settled = tag.address().declared().isPresent() || !tag.scaling().isIdentity();
    return settled ? tag.type() : node.typeOf(tag.address().item());
  }

  /** A deadband is for numbers only. */
  private static ReportPolicy report(ReportPolicy report, ValueType type) {
    return type.mayBeNumeric() || report.deadband().equals(Deadband.NONE)
        ? report
        : new ReportPolicy(report.mode(), Deadband.NONE, report.heartbeat());
  }
}
