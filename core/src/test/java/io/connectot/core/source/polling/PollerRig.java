// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.StatusHeartbeats;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.event.DeviceEventMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.source.polling.ScanScheduler.Next;
import io.connectot.core.spi.PollingDriver.HealthPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One endpoint with two devices, driven by hand: a step moves the clock to when the poller wants to
 * run and runs it.
 *
 * <p>Each device has the tags {@code speed} and {@code count}, read every second, of which only
 * changes are reported.
 */
public final class PollerRig {
  public static final Duration HEARTBEAT = Duration.ofMinutes(1);
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final Duration RECONNECT = Duration.ofSeconds(1);
  static final Duration RECONNECT_MAX = Duration.ofSeconds(30);
  static final Duration PROBE_MAX = Duration.ofSeconds(16);

  final ManualClock time = new ManualClock();
  final ScriptedPollingSession session = new ScriptedPollingSession(time);
  final TaskMetrics metrics = TaskMetrics.unpublished();
  final Device<String> press = Plants.device("press");
  final Device<String> oven = Plants.device("oven");
  final RecordBuffer buffer;
  final EndpointPoller<String, String> poller;
  private final List<Tag<String>> tags =
      List.of(Plants.tag("speed", INTERVAL), Plants.tag("count", INTERVAL));
  private final RecordPipeline pipeline;
  private final boolean badOnDisconnect;
  private Next next = new Next(time.tick(), ScanScheduler.Lane.LIVE);

  PollerRig() {
    this(10_000, true, Optional.empty());
  }

  /**
   * @param lastKnownNanos what the worker has stored of both devices
   */
  PollerRig(int bufferRecords, boolean badOnDisconnect, Optional<Long> lastKnownNanos) {
    this.badOnDisconnect = badOnDisconnect;
    this.buffer = new RecordBuffer(bufferRecords, 10_000_000, Duration.ZERO);
    this.pipeline = pipeline(buffer, metrics, time.clock(), tags);
    this.poller =
        new EndpointPoller<>(
            "fake://line1",
            session,
            List.of(device(press, lastKnownNanos), device(oven, lastKnownNanos)),
            new Backoff(RECONNECT, RECONNECT_MAX, () -> 0),
            pipeline);
  }

  public static RecordPipeline pipeline(
      RecordBuffer buffer, TaskMetrics metrics, Clock clock, List<? extends Tag<?>> tags) {
    MappingSettings mapping =
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.PATH,
            NameTemplate.compile("values", Vocabulary.MEASUREMENT),
            new RecordOrigin("plant", "fake", "c"),
            RecordForm.DEFAULT);
    EventMapper events =
        new EventMapper(mapping, new EventTopics(topic("status"), topic("gaps"), HEARTBEAT));
    return new RecordPipeline(
        RecordMapper.of(mapping, tags),
        events,
        new StatusHeartbeats(events, HEARTBEAT, clock),
        Optional.of(
            new DeviceEventMapper(
                mapping, NameTemplate.compile("events", Vocabulary.DEVICE), true)),
        buffer,
        metrics,
        clock,
        new AtomicLong());
  }

  private static Optional<NameTemplate> topic(String name) {
    return Optional.of(NameTemplate.compile(name, Vocabulary.DEVICE));
  }

  private DevicePoller<String, String> device(Device<String> device, Optional<Long> lastKnown) {
    return new DevicePoller<>(
        device,
        List.of(
            new ScanGroup<>(
                tags.stream().map(tag -> new Point<>(device, tag)).toList(),
                INTERVAL.toNanos(),
                time.tick(),
                1000)),
        badOnDisconnect,
        pipeline,
        new Backoff(INTERVAL, PROBE_MAX, () -> 0),
        new DeviceHealth(new HealthPolicy(3, PROBE_MAX)),
        lastKnown);
  }

  /** Runs once, when it is due. */
  Next step() {
    time.advanceTo(next.tick());
    next = poller.run();
    return next;
  }

  /** Runs whenever it is due for a span of time. */
  void runFor(Duration span) {
    long end = time.tick() + span.toNanos();
    while (next.tick() - end <= 0) {
      step();
    }
    time.advanceTo(end);
  }

  /** What was queued since the last call, in order, as one line a record. */
  List<String> take() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (SourceRecord found : takeRecords()) {
      lines.add(line((Struct) found.value()));
    }
    return lines;
  }

  List<SourceRecord> takeRecords() throws InterruptedException {
    return buffer.drain(Integer.MAX_VALUE, Duration.ZERO);
  }

  /** The gaps among records. */
  static List<Struct> gaps(List<SourceRecord> records) {
    return records.stream()
        .map(found -> (Struct) found.value())
        .filter(value -> value.schema().name().endsWith("Gap"))
        .toList();
  }

  public static String line(Struct value) {
    String device = value.getString("device");
    return switch (value.schema().name()) {
      case "io.connectot.DeviceStatus" -> device + " " + value.getString("state");
      case "io.connectot.Gap" -> device + " gap";
      default -> {
        Long number = value.getInt64("value_long");
        String status = value.getString("status");
        yield device
            + "/"
            + value.getString("tag")
            + " "
            + (number == null ? value.getString("quality") + " " + status : number.toString());
      }
    };
  }
}
