// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.PathGlob;
import io.connectot.opcua.config.BrowseSettings;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.PublishedNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What a test of {@link NodeSelector} says of its configuration. */
final class SelectionRig {
  static final Duration REFRESH = Duration.ofHours(1);

  final AtomicLong nanos = new AtomicLong();
  final Device<OpcUaDevice> device;
  private final List<Tag<OpcUaTag>> tags = new ArrayList<>();
  private List<NodeAddress> roots = List.of();
  private List<PathGlob> include = globs("**");
  private List<PathGlob> exclude = List.of();
  private Set<ValueType> types = Set.of();
  private int maxDepth = 20;
  private int maxNodes = 100_000;
  private PublishedNodes published = PublishedNodes.NONE;

  SelectionRig() {
    this("opc.tcp://localhost:4840/plant");
  }

  SelectionRig(String url) {
    device = new Device<>("plant", url, new OpcUaDevice(List.of(url)), Map.of());
  }

  SelectionRig tag(String name, String address) {
    return tag(name, address, Optional.empty(), Optional.empty(), Map.of());
  }

  SelectionRig tag(
      String name,
      String address,
      Optional<ValueType> declared,
      Optional<String> unit,
      Map<String, String> attributes) {
    tags.add(
        new Tag<>(
            name,
            new OpcUaTag(address(address), declared, ItemSettings.DEFAULT),
            declared.orElse(ValueType.FLOAT64),
            unit,
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            attributes));
    return this;
  }

  SelectionRig roots(String... addresses) {
    roots = List.of(addresses).stream().map(SelectionRig::address).toList();
    return this;
  }

  SelectionRig include(String... patterns) {
    include = globs(patterns);
    return this;
  }

  SelectionRig exclude(String... patterns) {
    exclude = globs(patterns);
    return this;
  }

  SelectionRig types(ValueType... values) {
    types = Set.of(values);
    return this;
  }

  SelectionRig maxDepth(int value) {
    maxDepth = value;
    return this;
  }

  SelectionRig maxNodes(int value) {
    maxNodes = value;
    return this;
  }

  SelectionRig published(PublishedNodes nodes) {
    published = nodes;
    return this;
  }

  NodeSelector selector() {
    BrowseSettings settings =
        new BrowseSettings(
            roots,
            include,
            exclude,
            types,
            maxDepth,
            maxNodes,
            REFRESH,
            true,
            ReportPolicy.ALL,
            Duration.ofSeconds(1));
    return new NodeSelector(settings, published, Map.of(device, tags), nanos::get);
  }

  private static NodeAddress address(String text) {
    try {
      return NodeAddress.parse(text);
    } catch (LineException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<PathGlob> globs(String... patterns) {
    List<PathGlob> globs = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        globs.add(PathGlob.parse(pattern));
      } catch (LineException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return globs;
  }
}
