// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.OffsetReader;
import io.connectot.sparkplug.host.HostEvent;
import io.connectot.sparkplug.host.HostEvent.Born;
import io.connectot.sparkplug.host.HostEvent.Data;
import io.connectot.sparkplug.host.HostEvent.Died;
import io.connectot.sparkplug.host.HostEvent.Missed;
import io.connectot.sparkplug.host.HostEvent.Returned;
import io.connectot.sparkplug.host.MetricDefinition;
import io.connectot.sparkplug.host.Stored;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.value.MetricReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes measurements, statuses and gaps of what a host application learns. For one thread at a
 * time, except {@link #position}.
 */
public final class EdgeRecords {
  private static final String STALE = "STALE";

  /** The metric of an alias may be another one since a birth that was missed. */
  private static final String ALIAS_UNVERIFIED = "ALIAS_UNVERIFIED";

  /** Ties births and deaths together; not a value of the plant. */
  private static final String BD_SEQ = "bdSeq";

  /** A time in milliseconds beyond it does not fit nanoseconds. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private final MappingSettings mapping;
  private final ReportPolicy report;
  private final Map<EdgeId, EdgeTags> edges = new HashMap<>();

  /** Null before {@link #restore}. */
  private volatile EdgeIndex index;

  /**
   * @param mapping the layout of the records
   * @param report which values become records
   */
  public EdgeRecords(MappingSettings mapping, ReportPolicy report) {
    this.mapping = mapping;
    this.report = report;
  }

  /** Reads what is stored of edge nodes and devices; nodes first. May block. */
  public List<Stored> restore(String hostId, OffsetReader offsets, String endpoint) {
    EdgeIndex found = new EdgeIndex(hostId);
    Map<String, String> list = EdgeIndex.partition(hostId);
    List<EdgeId> ids = EdgeIndex.read(offsets.read(List.of(list)).get(list));
    Map<Map<String, String>, Map<String, Object>> read =
        ids.isEmpty() ? Map.of() : offsets.read(ids.stream().map(EdgeOffset::partition).toList());
    List<Stored> stored = new ArrayList<>();
    for (EdgeId id : ids) {
      found.add(id);
      EdgeOffset.read(id, read.get(EdgeOffset.partition(id)))
          .ifPresent(
              known -> {
                stored.add(known);
                if (known.birth() != null) {
                  edge(id, endpoint).birth(known.birth());
                }
              });
    }
    found.update();
    index = found;
    return stored;
  }

  /** The position of records that have none of their own; null for none. For any thread. */
  public SourcePosition position() {
    EdgeIndex known = index;
    return known == null ? null : known.position();
  }

  /** Another task goes on: its first record of each edge node and device is the status. */
  public void adopted() {
    edges.values().forEach(edge -> edge.setOnline(false));
  }

  /** The number of edge nodes and devices. */
  public int size() {
    return edges.size();
  }

  /**
   * Makes the events of records.
   *
   * @param endpoint the broker that it came over
   * @param into gets them
   */
  public void map(HostEvent event, String endpoint, List<SourceEvent> into) {
    if (event instanceof Data data) {
      data(data, endpoint, into);
    } else if (event instanceof Born born) {
      born(born, endpoint, into);
    } else if (event instanceof Died died) {
      died(died, endpoint, into);
    } else if (event instanceof Returned returned) {
      online(edge(returned.id(), endpoint), endpoint, returned.sinceNanos(), into);
    } else if (event instanceof Missed missed) {
      into.add(
          new Gap(
              edge(missed.id(), endpoint).device(),
              Optional.empty(),
              missed.fromNanos() == null ? null : Clock.instant(missed.fromNanos()),
              Clock.instant(missed.toNanos()),
              missed.cause(),
              false));
    }
  }

  private EdgeTags edge(EdgeId id, String endpoint) {
    return edges.computeIfAbsent(id, key -> new EdgeTags(key, endpoint, mapping, report));
  }

  private static void online(EdgeTags edge, String endpoint, long nanos, List<SourceEvent> into) {
    if (!edge.isOnline()) {
      edge.setOnline(true);
      into.add(
          new DeviceStatus(edge.device(), DeviceState.ONLINE, Clock.instant(nanos), "", endpoint));
    }
  }

  private void born(Born born, String endpoint, List<SourceEvent> into) {
    EdgeTags edge = edge(born.id(), endpoint);
    index.add(born.id());
    index.update();
    online(edge, endpoint, born.receivedNanos(), into);
    edge.birth(born.birth());
    SourcePosition position = edge.position(born.position(), true);
    for (Metric metric : born.payload().metrics()) {
      MetricDefinition definition =
          metric.name() == null || metric.name().equals(BD_SEQ) ? null : born.birth().find(metric);
      if (definition != null) {
        Point<?> point = edge.point(definition, metric);
        if (point != null) {
          // Births are emitted whatever was reported before.
          point.history(null);
          into.add(
              measurement(
                  point,
                  metric,
                  MetricReading.of(metric),
                  born.payload(),
                  born.receivedNanos(),
                  position));
        }
      }
    }
  }

  private void data(Data data, String endpoint, List<SourceEvent> into) {
    EdgeTags edge = edge(data.id(), endpoint);
    online(edge, endpoint, data.receivedNanos(), into);
    edge.birth(data.birth());
    SourcePosition position = edge.position(data.position(), true);
    List<Metric> metrics = data.payload().metrics();
    MetricDefinition[] definitions = data.definitions();
    for (int i = 0; i < definitions.length; i++) {
      MetricDefinition definition = definitions[i];
      if (definition != null && !definition.name().equals(BD_SEQ)) {
        Metric metric = metrics.get(i);
        Point<?> point = edge.point(definition, metric);
        if (point != null) {
          MetricReading reading = MetricReading.of(metric.as(definition.type()));
          into.add(
              measurement(
                  point,
                  metric,
                  data.aliasesVerified() || metric.name() != null
                      ? reading
                      : reading.atMostUncertain(ALIAS_UNVERIFIED),
                  data.payload(),
                  data.receivedNanos(),
                  position));
        }
      }
    }
  }

  private void died(Died died, String endpoint, List<SourceEvent> into) {
    EdgeTags edge = edge(died.id(), endpoint);
    if (died.birth() != null) {
      edge.birth(died.birth());
      SourcePosition position = edge.position(died.position(), false);
      for (MetricDefinition definition : died.birth().definitions()) {
        Point<?> point =
            definition.name().equals(BD_SEQ)
                ? null
                : edge.point(definition, Metric.of(definition.name(), DataType.UNKNOWN, null));
        if (point != null) {
          into.add(
              new Measurement(
                  point,
                  died.sinceNanos(),
                  Math.max(died.sinceNanos(), died.position().seenNanos()),
                  null,
                  io.connectot.core.model.Quality.BAD,
                  STALE,
                  position));
        }
      }
    }
    edge.setOnline(false);
    into.add(
        new DeviceStatus(
            edge.device(),
            DeviceState.OFFLINE,
            Clock.instant(died.sinceNanos()),
            died.cause(),
            endpoint));
  }

  private static Measurement measurement(
      Point<?> point,
      Metric metric,
      MetricReading reading,
      Payload payload,
      long received,
      SourcePosition position) {
    Long millis = metric.timestamp() != null ? metric.timestamp() : payload.timestamp();
    long nanos =
        millis == null || millis < 0 || millis > MAX_MILLIS ? received : millis * 1_000_000;
    return new Measurement(
        point,
        nanos,
        received,
        reading.value(),
        reading.quality(),
        reading.status(),
        metric.historical(),
        position);
  }
}
