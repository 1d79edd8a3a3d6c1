// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.source.polling.DeviceProgress;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.adapter.PlcLink.BrowsedTag;
import io.connectot.plc4x.adapter.PlcLink.PlcEvent;
import io.connectot.plc4x.adapter.PlcLink.Subscription;
import io.connectot.plc4x.adapter.PlcReply;
import io.connectot.plc4x.adapter.ReplyCode;
import io.connectot.plc4x.config.Browsing;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xTag;
import io.connectot.plc4x.config.RequestSettings;
import io.connectot.plc4x.value.ValueConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection over which a PLC tells what it was asked to. Values are handed on by the driver's
 * threads, which wait while the buffer is full. No driver acknowledges anything.
 */
public final class PlcStreamingSession implements StreamingSession {
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private final LinkKeeper links;
  private final Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices;
  private final Map<Device<?>, DeviceProgress> progress = new HashMap<>();
  private final RequestSettings settings;
  private final Browsing browsing;
  private final ValueConverter converter;
  private final SubscriptionGaps gaps;
  private final Clock clock;
  private volatile Thread watch;

  /** Whether all is subscribed to: before, what comes of some tags says nothing about others. */
  private volatile boolean subscribed;

  /** What one subscription of the link serves. */
  private record Wanted(Device<Plc4xDevice> device, Point<Plc4xTag> point) {
    Tag<Plc4xTag> tag() {
      return point.tag();
    }
  }

  /**
   * Makes a session that opens nothing.
   *
   * @param gaps the same for all sessions with these devices, one after the other
   */
  public PlcStreamingSession(
      PlcDrivers drivers,
      Map<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> devices,
      RequestSettings settings,
      Browsing browsing,
      ValueConverter converter,
      SubscriptionGaps gaps,
      Clock clock) {
    Plc4xDevice any = devices.keySet().iterator().next().settings();
    this.links = new LinkKeeper(drivers, any.url(), any.login(), settings.connectTimeout());
    this.devices = devices;
    devices.keySet().forEach(device -> progress.put(device, new DeviceProgress(device)));
    this.settings = settings;
    this.browsing = browsing;
    this.converter = converter;
    this.gaps = gaps;
    this.clock = clock;
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException {
    links.open();
    try {
      LinkOwner owner = links.current();
      List<Wanted> wanted = wanted(owner);
      List<Measurement> refused = subscribe(owner, wanted, sink);
      List<SourceEvent> news =
          new ArrayList<>(gaps.subscribed(devices.keySet(), clock.epochNanos()));
      subscribed = true;
      news.addAll(refused);
      if (!news.isEmpty()) {
        sink.deliverEvents(news);
      }
    } catch (TimeoutException e) {
      links.drop();
      throw failed("TIMEOUT", "did not answer a subscription in time");
    } catch (PlcFailure e) {
      links.drop();
      throw failed("NO_SUBSCRIPTION", "cannot be subscribed to: " + redact(e));
    } catch (InterruptedException e) {
      links.drop();
      throw links.interrupted();
    }
    Thread thread = new Thread(() -> watch(sink), "connect-ot-plc4x-watch");
    thread.setDaemon(true);
    watch = thread;
    thread.start();
  }

  private List<Wanted> wanted(LinkOwner owner)
      throws PlcFailure, TimeoutException, InterruptedException {
    List<Wanted> wanted = new ArrayList<>();
    devices.forEach(
        (device, tags) ->
            tags.forEach(tag -> wanted.add(new Wanted(device, new Point<>(device, tag)))));
    if (browsing.query().isPresent()) {
      List<BrowsedTag> found =
          owner.ask(
              link -> link.browse(browsing.query().get(), settings.connectTimeout()),
              settings.connectTimeout());
      for (Map.Entry<Device<Plc4xDevice>, List<Tag<Plc4xTag>>> entry : devices.entrySet()) {
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        entry.getValue().forEach(tag -> names.add(tag.name()));
        entry.getValue().forEach(tag -> addresses.add(tag.address().address().text()));
        for (BrowsedTag tag : found) {
          if (addresses.add(tag.address().text()) && names.add(tag.name())) {
            wanted.add(new Wanted(entry.getKey(), new Point<>(entry.getKey(), tag(tag))));
          }
        }
      }
    }
    return wanted;
  }

  private Tag<Plc4xTag> tag(BrowsedTag found) {
    Plc4xTag address = new Plc4xTag(found.address(), browsing.subscription());
    return new Tag<>(
        found.name(),
        address,
        address.valueType(),
        Optional.empty(),
        browsing.interval(),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  /** Subscribes, in chunks; returns what was refused. */
  private List<Measurement> subscribe(LinkOwner owner, List<Wanted> wanted, StreamSink sink)
      throws PlcFailure, TimeoutException, InterruptedException {
    List<Measurement> refused = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += settings.maxTags()) {
      List<Wanted> chunk = wanted.subList(from, Math.min(wanted.size(), from + settings.maxTags()));
      List<Subscription> subscriptions = new ArrayList<>(chunk.size());
      for (Wanted one : chunk) {
        Plc4xTag tag = one.tag().address();
        subscriptions.add(
            new Subscription(tag.address(), tag.subscription(), one.tag().interval()));
      }
      List<ReplyCode> codes =
          owner.ask(
              link ->
                  link.subscribe(
                      subscriptions,
                      event -> deliver(chunk, event, sink),
                      settings.requestTimeout()),
              settings.requestTimeout().plusMillis(500));
      long now = clock.epochNanos();
      for (int i = 0; i < codes.size(); i++) {
        if (codes.get(i) != ReplyCode.OK) {
          Wanted one = chunk.get(i);
          refused.add(Measurement.bad(one.point(), now, codes.get(i).status()));
        }
      }
    }
    return refused;
  }

  private void deliver(List<Wanted> chunk, PlcEvent event, StreamSink sink) {
    long now = clock.epochNanos();
    long at = event.timestamp() == null ? now : nanos(event.timestamp());
    // Until all is subscribed to, the gap that a restart left goes on.
    boolean heard = subscribed;
    List<Measurement> values = new ArrayList<>(event.values().size());
    event
        .values()
        .forEach(
            (index, reply) -> {
              if (index >= 0 && index < chunk.size()) {
                values.add(
                    measurement(
                        chunk.get(index),
                        reply,
                        at,
                        now,
                        heard ? progress.get(chunk.get(index).device()).at(now) : null));
              }
            });
    if (values.isEmpty()) {
      return;
    }
    try {
      sink.deliverEvents(values);
      if (heard) {
        noteHeard(values, now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteHeard(List<Measurement> values, long now) {
    Device<?> noted = null;
    for (Measurement value : values) {
      if (!value.device().equals(noted)) {
        noted = value.device();
        gaps.heard(noted, now);
      }
    }
  }

  /**
   * @param position null for none
   */
  private Measurement measurement(
      Wanted of, PlcReply reply, long at, long now, SourcePosition position) {
    Measurement read =
        reply.isOk()
            ? MeasurementFactory.convert(of.point(), reply.value(), converter, now)
            : Measurement.bad(of.point(), now, reply.code().status());
    return new Measurement(
        read.point(),
        reply.isOk() ? at : now,
        now,
        read.value(),
        read.quality(),
        read.status(),
        position);
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** Drivers tell nobody that a connection is lost. */
  private void watch(StreamSink sink) {
    try {
      while (links.isConnected()) {
        TimeUnit.NANOSECONDS.sleep(WATCH_INTERVAL.toNanos());
      }
      ProtocolException loss = failed("CONNECTION_LOST", "lost its connection");
      gaps.lost(devices.keySet(), loss.getMessage());
      sink.connectionLost(loss);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProtocolException failed(String status, String what) {
    return new ProtocolException(
        Kind.TRANSIENT, Scope.CONNECTION, status, links.url().endpoint() + " " + what, null);
  }

  private String redact(PlcFailure failure) {
    return links.url().redact(failure.getMessage());
  }

  @Override
  public void close() {
    Thread thread = watch;
    if (thread != null) {
      thread.interrupt();
    }
    links.close();
  }
}
