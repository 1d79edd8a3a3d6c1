// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.host.Birth;
import io.connectot.sparkplug.host.MetricDefinition;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import io.connectot.sparkplug.value.MetricReading;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the edge nodes and devices of a session said over its connection: their births, and the last
 * values of their metrics. Thread-safe.
 */
final class KnownEdges {
  private static final Logger LOG = LoggerFactory.getLogger(KnownEdges.class);
  private static final String BD_SEQ = "bdSeq";
  private static final String ALIAS_UNVERIFIED = "ALIAS_UNVERIFIED";

  private final Set<EdgeId> ids;
  private final PayloadDecoder decoder = new PayloadDecoder();

  /** Those that are born and did not die. Guarded by this, as all that follow. */
  private final Map<EdgeId, Birth> births = new HashMap<>();

  private final MissedBirths missed = new MissedBirths();
  private final Map<EdgeId, Map<String, MetricReading>> values = new HashMap<>();
  private final Map<EdgeId, MetricValue> bdSeqs = new HashMap<>();
  private final Map<EdgeId, Map<String, Long>> reports = new HashMap<>();

  /** The number of messages so far. */
  private long messages;

  private boolean ended;

  KnownEdges(Collection<EdgeId> ids) {
    this.ids = new LinkedHashSet<>(ids);
  }

  /** The edge nodes, with those of the devices. */
  Set<EdgeId> nodes() {
    Set<EdgeId> nodes = new LinkedHashSet<>();
    ids.forEach(id -> nodes.add(id.ofNode()));
    return nodes;
  }

  /**
   * The filters to subscribe to. One for each edge node, because brokers keep the order of messages
   * within a subscription: a device is born after its edge node.
   */
  List<String> filters() {
    return nodes().stream()
        .map(node -> SparkplugTopic.NAMESPACE + "/" + node.group() + "/+/" + node.node() + "/#")
        .toList();
  }

  /**
   * Takes a message of the broker.
   *
   * @return the edge node if its births, or those of its devices, may have been missed
   */
  Optional<EdgeId> take(String topic, byte[] bytes) {
    SparkplugTopic parsed = SparkplugTopic.parse(topic).orElse(null);
    if (parsed == null) {
      return Optional.empty();
    }
    try {
      Payload payload = decoder.decode(bytes);
      return take(parsed.type(), parsed.id(), payload);
    } catch (MalformedPayloadException e) {
      LOG.warn("Dropped a message of {}: {}", topic, e.getMessage());
      return Optional.empty();
    }
  }

  private synchronized Optional<EdgeId> take(MessageType type, EdgeId id, Payload payload) {
    missed.follow(type, id, payload);
    if (id.isNode() || ids.contains(id)) {
      known(type, id, payload);
    }
    return missed.areMissed(id) ? Optional.of(id.ofNode()) : Optional.empty();
  }

  private void known(MessageType type, EdgeId id, Payload payload) {
    messages++;
    notifyAll();
    switch (type) {
      case NBIRTH -> {
        // Its devices are born after it.
        forget(id);
        bdSeqs.put(id, bdSeq(payload));
        born(id, payload);
      }
      case DBIRTH -> born(id, payload);
      case NDATA, DDATA -> values(id, payload);
      case NDEATH -> {
        MetricValue session = bdSeq(payload);
        if (session == null || session.equals(bdSeqs.getOrDefault(id, session))) {
          forget(id);
        }
      }
      case DDEATH -> births.remove(id);
      default -> {
        // A command of another host.
      }
    }
  }

  private void forget(EdgeId node) {
    births.keySet().removeIf(id -> id.ofNode().equals(node));
  }

  private void born(EdgeId id, Payload payload) {
    births.put(id, Birth.of(id, payload.metrics()));
    values.put(id, new HashMap<>());
    reports.computeIfAbsent(id, key -> new HashMap<>());
    values(id, payload);
  }

  private void values(EdgeId id, Payload payload) {
    Birth birth = births.get(id);
    if (birth == null) {
      return;
    }
    for (Metric metric : payload.metrics()) {
      MetricDefinition definition = birth.find(metric);
      if (definition != null && !metric.historical()) {
        MetricReading reading = MetricReading.of(metric.as(definition.type()));
        boolean certain = metric.name() != null || !missed.areMissed(id);
        values
            .get(id)
            .put(definition.name(), certain ? reading : reading.atMostUncertain(ALIAS_UNVERIFIED));
        reports.get(id).put(definition.name(), messages);
      }
    }
  }

  private static MetricValue bdSeq(Payload payload) {
    for (Metric metric : payload.metrics()) {
      if (BD_SEQ.equals(metric.name())) {
        return metric.value();
      }
    }
    return null;
  }

  /** The birth of an edge node or device; null when there is none within {@code timeout}. */
  synchronized Birth awaitBirth(EdgeId id, Duration timeout) throws InterruptedException {
    await(() -> births.containsKey(id), timeout);
    return births.get(id);
  }

  /** Waits until a condition holds, or it is time to give up. */
  private synchronized void await(BooleanSupplier condition, Duration timeout)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (millis <= 0 || ended) {
        return;
      }
      wait(millis);
    }
  }

  /** A moment, for {@link #awaitReport}. */
  synchronized long now() {
    return messages;
  }

  /**
   * Waits until a metric is reported with a value of good quality.
   *
   * @param since reports before count for nothing: {@link #now}
   * @param value the value; null for any report
   * @return the last report since then, of whatever value; null when there is none
   */
  synchronized MetricReading awaitReport(
      EdgeId id, String name, long since, Value value, Duration timeout)
      throws InterruptedException {
    await(
        () -> {
          MetricReading reading = reportSince(id, name, since);
          return reading != null
              && (value == null
                  || (reading.quality() == Quality.GOOD && value.equals(reading.value())));
        },
        timeout);
    return reportSince(id, name, since);
  }

  private MetricReading reportSince(EdgeId id, String name, long since) {
    Long report = reports.getOrDefault(id, Map.of()).get(name);
    return report == null || report <= since ? null : values.get(id).get(name);
  }

  /** Nothing will come any more; ends all waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The birth of an edge node or device; null when it is not born, or died. */
  synchronized Birth birth(EdgeId id) {
    return births.get(id);
  }

  /** What a metric said last; null when nothing since the birth. */
  synchronized MetricReading value(EdgeId id, String name) {
    return births.containsKey(id) ? values.get(id).get(name) : null;
  }
}
