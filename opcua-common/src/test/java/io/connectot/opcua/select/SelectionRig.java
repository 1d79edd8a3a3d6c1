// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.PublishedNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What a test of {@link NodeSelector} says of its configuration. */
final class SelectionRig {
  static final Duration REFRESH = Duration.ofHours(1);

  final AtomicLong nanos = new AtomicLong();
  final Device<OpcUaDevice> device;
  private final List<Tag<OpcUaTag>> tags = new ArrayList<>();
  private final Map<String, String> config = new HashMap<>();
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

  /** A tag that selects a part of an array. */
  SelectionRig part(String name, String address, String indexRange) {
    ItemSettings none = ItemSettings.DEFAULT;
    return tag(
        name,
        address,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        new ItemSettings(
            none.sampling(),
            none.queue(),
            none.discardOldest(),
            none.trigger(),
            none.deadband(),
            Optional.of(indexRange),
            none.skipFirst()));
  }

  SelectionRig tag(
      String name,
      String address,
      Optional<ValueType> declared,
      Optional<String> unit,
      Map<String, String> attributes) {
    return tag(name, address, declared, unit, attributes, ItemSettings.DEFAULT);
  }

  private SelectionRig tag(
      String name,
      String address,
      Optional<ValueType> declared,
      Optional<String> unit,
      Map<String, String> attributes,
      ItemSettings item) {
    tags.add(
        new Tag<>(
            name,
            new OpcUaTag(address(address), declared, item),
            declared.orElse(ValueType.UNKNOWN),
            unit,
            Duration.ofSeconds(1),
            ReportPolicy.ALL,
            Scaling.NONE,
            attributes));
    return this;
  }

  SelectionRig roots(String... addresses) {
    return set(OpcUaBrowseConfig.ROOTS, String.join(",", addresses));
  }

  SelectionRig include(String... patterns) {
    return set(OpcUaBrowseConfig.INCLUDE, String.join(",", patterns));
  }

  SelectionRig exclude(String... patterns) {
    return set(OpcUaBrowseConfig.EXCLUDE, String.join(",", patterns));
  }

  SelectionRig types(ValueType... values) {
    return set(
        OpcUaBrowseConfig.TYPES,
        Arrays.stream(values).map(ValueType::configName).collect(Collectors.joining(",")));
  }

  SelectionRig maxDepth(int value) {
    return set(OpcUaBrowseConfig.MAX_DEPTH, Integer.toString(value));
  }

  SelectionRig maxNodes(int value) {
    return set(OpcUaBrowseConfig.MAX_NODES, Integer.toString(value));
  }

  private SelectionRig set(Key<?> key, String value) {
    config.put(key.name(), value);
    return this;
  }

  SelectionRig published(PublishedNodes nodes) {
    published = nodes;
    return this;
  }

  NodeSelector selector() {
    set(OpcUaBrowseConfig.REFRESH, Long.toString(REFRESH.toMillis()));
    Keys keys = Keys.of(OpcUaBrowseConfig.KEYS, PollingConfig.KEYS, ReportConfig.KEYS);
    return new NodeSelector(
        Configuration.parse(keys.definition(), config),
        published,
        Map.of(device, tags),
        nanos::get);
  }

  private static NodeAddress address(String text) {
    try {
      return NodeAddress.parse(text);
    } catch (LineException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
