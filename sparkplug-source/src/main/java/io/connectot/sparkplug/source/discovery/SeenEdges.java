// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.discovery;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Included;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.source.HostConfig;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import io.connectot.sparkplug.value.MetricInfo;
import io.connectot.sparkplug.value.MetricReading;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The edge nodes and devices that sent something. For one thread. */
final class SeenEdges {
  private final DiscoveryRun run;
  private final PayloadDecoder decoder = new PayloadDecoder();
  private final Set<String> groups = new HashSet<>();

  /** Those of which anything is shown. */
  private final Set<EdgeId> seen = new HashSet<>();

  private final Set<EdgeId> born = new HashSet<>();

  SeenEdges(DiscoveryRun run) {
    this.run = run;
  }

  /**
   * Adds what a message shows.
   *
   * @return whether more are wanted
   */
  boolean add(InboundMessage message) {
    Optional<SparkplugTopic> topic = SparkplugTopic.parse(message.topic());
    if (topic.isEmpty() || topic.get().type().isCommand()) {
      return true;
    }
    EdgeId id = topic.get().id();
    if (groups.add(id.group()) && !run.add(group(id.group()))) {
      return false;
    }
    if (seen.add(id) && !run.add(new Included(id.path(), "", edge(id)))) {
      return false;
    }
    MessageType type = topic.get().type();
    boolean birth = type == MessageType.NBIRTH || type == MessageType.DBIRTH;
    return !birth || !born.add(id) || metrics(id, message.payload());
  }

  private static Candidate group(String group) {
    return new Candidate(
        HostConfig.GROUPS.name(),
        group,
        "",
        List.of(new TagReading("group", group, "", Map.of(), "", Quality.GOOD, null)));
  }

  private static TagReading edge(EdgeId id) {
    String kind = id.isNode() ? "edge node" : "device";
    return new TagReading("", id.path(), kind, Map.of(), "", Quality.GOOD, null);
  }

  private boolean metrics(EdgeId id, byte[] bytes) {
    Payload payload;
    try {
      payload = decoder.decode(bytes);
    } catch (MalformedPayloadException e) {
      return run.add(
          new Included(
              id.path() + "/birth",
              "",
              new TagReading("", "", "", Map.of(), "", Quality.BAD, e.getMessage())));
    }
    for (Metric metric : payload.metrics()) {
      if (metric.name() != null && !run.add(metric(id, metric))) {
        return false;
      }
    }
    return true;
  }

  private static Included metric(EdgeId id, Metric metric) {
    MetricInfo info = MetricInfo.of(metric);
    MetricReading value = MetricReading.of(metric);
    return new Included(
        id.path() + "/" + metric.name(),
        info.unit() == null ? "" : info.unit(),
        new TagReading(
            "",
            metric.name(),
            info.type().configName(),
            Map.of(),
            TagReading.text(value.value()),
            value.quality(),
            value.status()));
  }
}
