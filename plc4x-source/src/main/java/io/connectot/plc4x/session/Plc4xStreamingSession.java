// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.DeviceProgress;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.plc4x.adapter.DriverConnection.BrowsedTag;
import io.connectot.plc4x.adapter.DriverConnection.Subscription;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionEvent;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ConnectionThread;
import io.connectot.plc4x.connection.ManagedConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection over which a PLC sends subscribed values. The driver's threads deliver them and
 * wait while the buffer is full. Drivers do not acknowledge values.
 */
public final class Plc4xStreamingSession implements StreamingSession {
  private final ManagedConnection connection;
  private final Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices;
  private final Map<Device<?>, DeviceProgress> progress = new HashMap<>();
  private final RequestSettings settings;
  private final SubscribedPoints points;
  private final SubscriptionGaps gaps;
  private final Clock clock;

  /** Whether all tags are subscribed; before, values of some tags do not end the gap. */
  private volatile boolean subscribed;

  /**
   * Makes a session whose connection is not open.
   *
   * @param points shared by all sessions of the driver
   * @param gaps shared by all sessions of the driver
   */
  public Plc4xStreamingSession(
      ManagedConnection connection,
      Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices,
      RequestSettings settings,
      SubscribedPoints points,
      SubscriptionGaps gaps,
      Clock clock) {
    this.connection = connection;
    this.devices = devices;
    devices.keySet().forEach(device -> progress.put(device, new DeviceProgress(device)));
    this.settings = settings;
    this.points = points;
    this.gaps = gaps;
    this.clock = clock;
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException {
    connection.open();
    try {
      ConnectionThread thread = connection.current();
      List<Measurement> refused = subscribe(thread, points(thread), sink);
      List<SourceEvent> events =
          new ArrayList<>(gaps.subscribed(devices.keySet(), clock.epochNanos()));
      subscribed = true;
      events.addAll(refused);
      if (!events.isEmpty()) {
        sink.deliverEvents(events);
      }
    } catch (TimeoutException e) {
      connection.drop();
      throw failed("TIMEOUT", "did not answer a subscription in time");
    } catch (DriverException e) {
      connection.drop();
      throw failed("NO_SUBSCRIPTION", "cannot be subscribed to: " + redact(e));
    } catch (InterruptedException e) {
      connection.drop();
      throw connection.interrupted();
    }
  }

  private List<Point<Plc4xTag>> points(ConnectionThread thread)
      throws DriverException, TimeoutException, InterruptedException {
    List<BrowsedTag> found =
        points.query().isEmpty()
            ? List.of()
            : thread.call(
                connection -> connection.browse(points.query().get(), settings.connectTimeout()),
                settings.connectTimeout());
    List<Point<Plc4xTag>> all = new ArrayList<>();
    devices.forEach((device, tags) -> all.addAll(points.of(device, tags, found)));
    return all;
  }

  /** Subscribes, in batches; returns what was refused. */
  private List<Measurement> subscribe(
      ConnectionThread thread, List<Point<Plc4xTag>> all, StreamSink sink)
      throws DriverException, TimeoutException, InterruptedException {
    List<Measurement> refused = new ArrayList<>();
    for (int from = 0; from < all.size(); from += settings.maxTags()) {
      List<Point<Plc4xTag>> batch =
          all.subList(from, Math.min(all.size(), from + settings.maxTags()));
      List<Subscription> subscriptions = new ArrayList<>(batch.size());
      for (Point<Plc4xTag> point : batch) {
        Plc4xTag tag = point.tag().address();
        subscriptions.add(
            new Subscription(tag.address(), tag.subscription(), point.tag().interval()));
      }
      List<ResponseCode> codes =
          thread.call(
              connection ->
                  connection.subscribe(
                      subscriptions,
                      event -> deliver(batch, event, sink),
                      settings.requestTimeout()),
              settings.requestTimeout().plusMillis(500));
      long now = clock.epochNanos();
      for (int i = 0; i < codes.size(); i++) {
        if (codes.get(i) != ResponseCode.OK) {
          refused.add(Measurement.bad(batch.get(i), now, codes.get(i).status()));
        }
      }
    }
    return refused;
  }

  private void deliver(List<Point<Plc4xTag>> batch, SubscriptionEvent event, StreamSink sink) {
    long now = clock.epochNanos();
    long at = event.timestamp() == null ? now : nanos(event.timestamp());
    // Until all tags are subscribed, the gap before this session continues.
    boolean complete = subscribed;
    List<Measurement> values = new ArrayList<>(event.values().size());
    event
        .values()
        .forEach(
            (index, response) -> {
              if (index >= 0 && index < batch.size()) {
                values.add(
                    measurement(
                        batch.get(index),
                        response,
                        at,
                        now,
                        complete ? progress.get(batch.get(index).device()).at(now) : null));
              }
            });
    if (values.isEmpty()) {
      return;
    }
    try {
      sink.deliverEvents(values);
      if (complete) {
        noteReceived(values, now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteReceived(List<Measurement> values, long now) {
    Device<?> noted = null;
    for (Measurement value : values) {
      if (!value.device().equals(noted)) {
        noted = value.device();
        gaps.received(noted, now);
      }
    }
  }

  /**
   * @param position null for none
   */
  private Measurement measurement(
      Point<Plc4xTag> point, TagResponse response, long at, long now, SourcePosition position) {
    Measurement read =
        response.isOk()
            ? MeasurementFactory.convert(point, response.value(), now)
            : Measurement.bad(point, now, response.code().status());
    return new Measurement(
        point,
        response.isOk() ? at : now,
        now,
        read.value(),
        read.quality(),
        read.status(),
        position);
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** Checks the connection, because drivers do not report its loss. */
  @Override
  public void tick() throws ProtocolException {
    if (!connection.isConnected()) {
      ProtocolException loss = failed("CONNECTION_LOST", "lost its connection");
      gaps.lost(devices.keySet(), loss.getMessage());
      throw loss;
    }
  }

  private ProtocolException failed(String status, String what) {
    return new ProtocolException(
        Kind.TRANSIENT, Scope.CONNECTION, status, connection.url().endpoint() + " " + what, null);
  }

  private String redact(DriverException failure) {
    return connection.url().redact(failure.getMessage());
  }

  @Override
  public void close() {
    connection.close();
  }
}
