// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

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
 * Tags with what the server says about their nodes: the same instance as long as it says the same,
 * so that what is prepared for a tag stays of use. For one thread at a time.
 */
final class TagCache {
  /** The header that tells a tag's node by its stable id. */
  private static final String NODE = "opcua.node";

  private final ReportPolicy report;
  private final Duration interval;
  private final Map<Key, Tag<OpcUaTag>> tags = new HashMap<>();

  private final Map<NodeAddress, Tag<OpcUaTag>> roots = new HashMap<>();

  private record Key(String id, String name) {}

  /**
   * @param report when values of tags are worth a record that no line configures
   * @param interval how often they are read where they are polled
   */
  TagCache(ReportPolicy report, Duration interval) {
    this.report = report;
    this.interval = interval;
  }

  /** A tag that no line configures. */
  Tag<OpcUaTag> make(String name, OpcUaTag address) {
    return new Tag<>(
        name, address, ValueType.JSON, Optional.empty(), interval, report, Scaling.NONE, Map.of());
  }

  /** What stands for everything below a browse root that is not there: always the same tag. */
  Tag<OpcUaTag> root(NodeAddress root) {
    return roots.computeIfAbsent(
        root,
        address ->
            make(
                TagNames.legal(address.toString()),
                new OpcUaTag(address, Optional.empty(), ItemSettings.DEFAULT)));
  }

  /**
   * A tag with what is known of its node now.
   *
   * @param id the stable id of the node
   * @param tag as configured, or as made
   */
  Tag<OpcUaTag> described(String id, Tag<OpcUaTag> tag, NodeDescription node) {
    Optional<String> unit = tag.unit().isPresent() ? tag.unit() : node.properties().unit();
    // What a line says is what somebody wants to read, whatever the server says.
    Map<String, String> attributes = new LinkedHashMap<>(node.attributes());
    attributes.putAll(tag.attributes());
    ValueType type = type(tag, node);
    Key key = new Key(id, tag.name());
    Tag<OpcUaTag> last = tags.get(key);
    if (last == null
        || last.type() != type
        || !last.unit().equals(unit)
        || !last.attributes().equals(attributes)) {
      last =
          new Tag<>(
                  tag.name(),
                  tag.address(),
                  type,
                  unit,
                  tag.interval(),
                  report(tag.report(), type),
                  tag.scaling(),
                  attributes)
              .withHeaders(Map.of(NODE, id));
    }
    tags.put(key, last);
    return last;
  }

  /** Forgets all tags but these. */
  void keep(Collection<Tag<OpcUaTag>> current) {
    // By identity, which is equality here.
    Set<Tag<OpcUaTag>> kept = new HashSet<>(current);
    tags.values().removeIf(tag -> !kept.contains(tag));
  }

  private static ValueType type(Tag<OpcUaTag> tag, NodeDescription node) {
    boolean settled = tag.address().declared().isPresent() || !tag.scaling().isIdentity();
    return settled ? tag.type() : node.type();
  }

  /** A deadband is for numbers only. */
  private static ReportPolicy report(ReportPolicy report, ValueType type) {
    return type.isNumeric()
        ? report
        : new ReportPolicy(report.mode(), Deadband.NONE, report.heartbeat());
  }
}
