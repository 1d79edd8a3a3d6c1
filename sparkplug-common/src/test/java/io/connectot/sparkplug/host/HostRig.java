// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A host application with a clock that the test moves, and edge nodes that the test plays. */
final class HostRig {
  static final EdgeId NODE = EdgeId.ofNode("plant", "press");
  static final EdgeId DEVICE = NODE.withDevice("drive");
  static final long START_MILLIS = 1_795_914_262_000L;

  final List<HostEvent> events = new ArrayList<>();
  final HostMachine machine;
  private long millis = START_MILLIS;

  HostRig() {
    this(EnumSet.allOf(RebirthTrigger.class), Duration.ZERO);
  }

  HostRig(Set<RebirthTrigger> rebirthOn, Duration silence) {
    this(
        new HostSettings(Duration.ofSeconds(2), Duration.ofSeconds(10), silence, rebirthOn, false));
  }

  HostRig(HostSettings settings) {
    machine = new HostMachine(settings);
  }

  long millis() {
    return millis;
  }

  long nanos() {
    return millis * 1_000_000;
  }

  Moment now() {
    return new Moment(nanos(), nanos() - START_MILLIS);
  }

  void pass(long passedMillis) {
    millis += passedMillis;
    machine.tick("a", now(), events::add);
  }

  void send(MessageType type, EdgeId id, Payload payload) {
    sendOver("a", type, id, payload);
  }

  void sendOver(String server, MessageType type, EdgeId id, Payload payload) {
    millis++;
    machine.message(new SparkplugTopic(type, id), payload, server, nanos(), now(), events::add);
  }

  /** A birth of an edge node with the metrics speed (alias 1) and count (alias 2). */
  void nodeBirth(EdgeId node, long seq, long bdSeq) {
    send(
        MessageType.NBIRTH,
        node,
        Payload.of(
            millis,
            seq,
            List.of(
                Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(bdSeq)),
                metric("Drive/speed", 1),
                metric("count", 2))));
  }

  void nodeBirth(long bdSeq) {
    nodeBirth(NODE, 0, bdSeq);
  }

  void nodeData(long seq, long value) {
    send(MessageType.NDATA, NODE, Payload.of(millis, seq, List.of(byAlias(1, value))));
  }

  void nodeDeath(Long bdSeq) {
    send(
        MessageType.NDEATH,
        NODE,
        Payload.of(
            null,
            null,
            bdSeq == null
                ? List.of()
                : List.of(Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(bdSeq)))));
  }

  void deviceBirth(long seq) {
    send(MessageType.DBIRTH, DEVICE, Payload.of(millis, seq, List.of(metric("temp", 11))));
  }

  void deviceData(long seq, long value) {
    send(MessageType.DDATA, DEVICE, Payload.of(millis, seq, List.of(byAlias(11, value))));
  }

  void deviceDeath(long seq, Long timestamp) {
    send(MessageType.DDEATH, DEVICE, Payload.of(timestamp, seq, List.of()));
  }

  static Metric metric(String name, long alias) {
    return Metric.of(name, DataType.INT32, new MetricValue.LongValue(0)).withAlias(alias);
  }

  static Metric byAlias(long alias, long value) {
    return Metric.of(null, DataType.UNKNOWN, new MetricValue.UntypedInteger(value))
        .withAlias(alias);
  }

  <T extends HostEvent> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<HostEvent.RebirthRequested> rebirths() {
    return all(HostEvent.RebirthRequested.class);
  }

  /** The values of all DATA in the order of their events. */
  List<Long> values() {
    return all(HostEvent.Data.class).stream()
        .flatMap(data -> data.payload().metrics().stream())
        .map(metric -> ((MetricValue.UntypedInteger) metric.value()).bits())
        .toList();
  }
}
