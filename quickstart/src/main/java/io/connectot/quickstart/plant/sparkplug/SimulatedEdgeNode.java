// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

import io.connectot.quickstart.plant.signal.Signal;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The messages of a Sparkplug edge node with one device: births with names, types and aliases, data
 * with aliases only. While it must not send, it stores what it reads and forwards it later as
 * historical values. For one thread.
 */
public final class SimulatedEdgeNode {
  /** The command for new births. */
  static final String REBIRTH = "Node Control/Rebirth";

  private static final String NAMESPACE = "spBv1.0/";
  private static final int NUMBERS = 256;
  private static final int MOST_STORED = 600;
  private static final int STORED_PER_PAYLOAD = 20;

  private final String group;
  private final String name;
  private final String device;
  private final Optional<String> host;
  private final List<SimulatedMetric> metrics;
  private final Signal reachable;
  private final Queue<List<Metric>> store = new ArrayDeque<>();
  private int seq;
  private int bdSeq = -1;

  /**
   * @param host the id of its primary host application; empty for none
   * @param reachable below 0.5 while the edge node is without its network
   */
  SimulatedEdgeNode(
      String group,
      String name,
      String device,
      Optional<String> host,
      List<SimulatedMetric> metrics,
      Signal reachable) {
    this.group = group;
    this.name = name;
    this.device = device;
    this.host = host;
    this.metrics = List.copyOf(metrics);
    this.reachable = reachable;
  }

  String clientId() {
    return group + "-" + name;
  }

  boolean isReachable(double seconds) {
    return reachable.at(seconds) >= 0.5;
  }

  /** The topic of the state of its primary host; empty for none. */
  Optional<String> stateTopic() {
    return host.map(id -> NAMESPACE + "STATE/" + id);
  }

  String commandTopic() {
    return topic("NCMD");
  }

  /** The will of the next connection. */
  SparkplugMessage death(Instant time) {
    bdSeq = (bdSeq + 1) % NUMBERS;
    return new SparkplugMessage(
        topic("NDEATH"),
        PayloadEncoder.encode(Payload.of(time.toEpochMilli(), null, List.of(bdSeqMetric(time)))));
  }

  /** The births of the connection, and what was stored before it. */
  List<SparkplugMessage> births(double seconds, Instant time) {
    seq = 0;
    List<SparkplugMessage> messages = new ArrayList<>();
    Metric rebirth = Metric.of(REBIRTH, DataType.BOOLEAN, MetricValue.BooleanValue.FALSE);
    messages.add(
        message(
            topic("NBIRTH"),
            true,
            time,
            List.of(bdSeqMetric(time), rebirth.withTimestamp(time.toEpochMilli()))));
    messages.add(message(deviceTopic("DBIRTH"), true, time, birthMetrics(seconds, time)));
    List<Metric> stored = new ArrayList<>();
    for (int scans = 1; !store.isEmpty(); scans++) {
      store.remove().forEach(metric -> stored.add(metric.asHistorical()));
      if (scans % STORED_PER_PAYLOAD == 0 || store.isEmpty()) {
        messages.add(message(deviceTopic("DDATA"), false, time, stored));
        stored.clear();
      }
    }
    return messages;
  }

  /** The values of now. */
  SparkplugMessage data(double seconds, Instant time) {
    return message(deviceTopic("DDATA"), false, time, scan(seconds, time));
  }

  /** Keeps the values of now until the next births. */
  void store(double seconds, Instant time) {
    if (store.size() == MOST_STORED) {
      store.remove();
    }
    store.add(scan(seconds, time));
  }

  private List<Metric> birthMetrics(double seconds, Instant time) {
    List<Metric> births = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      SimulatedMetric metric = metrics.get(i);
      births.add(
          Metric.of(metric.name(), metric.type(), metric.value(seconds))
              .withAlias((long) i)
              .withTimestamp(time.toEpochMilli())
              .withProperties(unit(metric)));
    }
    return births;
  }

  private static PropertySet unit(SimulatedMetric metric) {
    return metric.unit() == null
        ? PropertySet.EMPTY
        : new PropertySet(
            Map.of(
                "engUnit",
                new PropertyValue(DataType.STRING, new MetricValue.TextValue(metric.unit()))));
  }

  private List<Metric> scan(double seconds, Instant time) {
    List<Metric> scan = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      SimulatedMetric metric = metrics.get(i);
      scan.add(
          Metric.of(null, metric.type(), metric.value(seconds))
              .withAlias((long) i)
              .withTimestamp(time.toEpochMilli()));
    }
    return scan;
  }

  private Metric bdSeqMetric(Instant time) {
    return Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(bdSeq))
        .withTimestamp(time.toEpochMilli());
  }

  private SparkplugMessage message(String topic, boolean birth, Instant time, List<Metric> scans) {
    Payload payload = Payload.of(time.toEpochMilli(), (long) seq, scans);
    seq = (seq + 1) % NUMBERS;
    return new SparkplugMessage(
        topic, birth ? PayloadEncoder.encode(payload) : PayloadEncoder.encodeWithoutTypes(payload));
  }

  private String topic(String type) {
    return NAMESPACE + group + "/" + type + "/" + name;
  }

  private String deviceTopic(String type) {
    return topic(type) + "/" + device;
  }
}
