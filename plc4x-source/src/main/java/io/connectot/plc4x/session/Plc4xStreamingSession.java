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
import java.time.Duration;
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
  /** A driver that delivers alarms and events, and leaks direct memory with each read. */
  private static final String EVENTS_ONLY = "s7";

  private final ManagedConnection connection;
  private final Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices;
  private final Map<Device<?>, DeviceProgress> progress = new HashMap<>();
  private final RequestSettings settings;
  private final SubscribedPoints points;
  private final SubscriptionGaps gaps;
  private final InitialReads reads;
  private final FirstValues first = new FirstValues();
  private final Clock clock;

  /** Whether all tags are subscribed; before, values of some tags do not end the gap. */
  private volatile boolean subscribed;

  /**
   * Makes a session whose connection is not open.
   *
   * @param points shared by all sessions of the driver
   * @param gaps shared by all sessions of the driver
   * @param reads shared by all sessions of the driver
   */
  public Plc4xStreamingSession(
      ManagedConnection connection,
      Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices,
      RequestSettings settings,
      SubscribedPoints points,
      SubscriptionGaps gaps,
      InitialReads reads,
      Clock clock) {
    this.connection = connection;
    this.devices = devices;
    devices.keySet().forEach(device -> progress.put(device, new DeviceProgress(device)));
    this.settings = settings;
    this.points = points;
    this.gaps = gaps;
    this.reads = reads;
    this.clock = clock;
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException {
    connection.open();
    try {
      ConnectionThread thread = connection.current();
      List<Point<Plc4xTag>> accepted = new ArrayList<>();
      List<Measurement> refused = subscribe(thread, points(thread), accepted, sink);
      List<SourceEvent> events =
          new ArrayList<>(gaps.subscribed(devices.keySet(), clock.epochNanos()));
      subscribed = true;
      events.addAll(refused);
      if (!events.isEmpty()) {
        sink.deliverEvents(events);
      }
      readFirstValues(thread, accepted, sink);
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

  /** Subscribes, in batches; adds what was accepted, and returns what was refused. */
  private List<Measurement> subscribe(
      ConnectionThread thread,
      List<Point<Plc4xTag>> all,
      List<Point<Plc4xTag>> accepted,
      StreamSink sink)
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
      List<ResponseCode> codes;
      try {
        codes =
            thread.call(
                connection ->
                    connection.subscribe(
                        subscriptions,
                        event -> deliver(batch, event, sink),
                        settings.requestTimeout()),
                settings.requestTimeout().plusMillis(500));
      } catch (DriverException e) {
        if (batch.size() > 1 || e.kind() != DriverException.Kind.REFUSED) {
          throw e;
        }
        refused.add(Measurement.bad(batch.get(0), clock.epochNanos(), "DRIVER_ERROR"));
        continue;
      }
      long now = clock.epochNanos();
      for (int i = 0; i < codes.size(); i++) {
        if (codes.get(i) == ResponseCode.OK) {
          accepted.add(batch.get(i));
        } else {
          refused.add(Measurement.bad(batch.get(i), now, codes.get(i).status()));
        }
      }
    }
    return refused;
  }

  /** Reads each tag once; the device may have sent its value before the driver expected it. */
  private void readFirstValues(
      ConnectionThread thread, List<Point<Plc4xTag>> accepted, StreamSink sink)
      throws ProtocolException, TimeoutException, InterruptedException {
    try {
      boolean readable =
          !connection.url().driver().equals(EVENTS_ONLY)
              && thread.call(
                  connection -> connection.capabilities().read(), settings.requestTimeout());
      if (readable) {
        List<Measurement> delivered =
            reads.read(thread, settings, accepted, this::firstValue, first, sink);
        noteReceived(delivered, clock.epochNanos());
      }
    } catch (DriverException e) {
      boolean silent = e.kind() == DriverException.Kind.NO_ANSWER;
      throw lost(silent ? "TIMEOUT" : "DRIVER_ERROR", "cannot be read from: " + redact(e));
    }
    first.complete();
  }

  private Measurement firstValue(Point<Plc4xTag> point, TagResponse response) {
    long now = clock.epochNanos();
    return measurement(point, response, now, now, progress.get(point.device()).at(now));
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
      first.deliverNotified(values, sink);
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

  /**
   * Checks the connection, because drivers do not report its loss, and what the addresses mean,
   * because the values of a subscription keep coming from the old ones.
   */
  @Override
  public void tick() throws ProtocolException {
    if (!connection.isConnected()) {
      throw lost("CONNECTION_LOST", "lost its connection");
    }
    try {
      Duration limit = settings.requestTimeout();
      boolean current =
          connection.current().call(open -> open.isCurrent(limit), limit.plus(RequestBatch.GRACE));
      if (!current) {
        throw lost("PROGRAM_CHANGED", "runs another program; its tags are subscribed to again");
      }
    } catch (TimeoutException | DriverException e) {
      throw lost("CONNECTION_LOST", "does not answer any more");
    } catch (InterruptedException e) {
      throw connection.interrupted();
    }
  }

  private ProtocolException lost(String status, String what) {
    connection.drop();
    ProtocolException loss = failed(status, what);
    gaps.lost(devices.keySet(), loss.getMessage());
    return loss;
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
