// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ConnectionState.Event;
import io.connectot.core.delivery.Delivery;
import io.connectot.core.delivery.DeliveryTracker;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one streaming connection: connects, hands on what arrives, tells the session what Kafka
 * has, and connects again when the connection is lost. {@link #run} has a thread of its own;
 * sessions deliver on theirs.
 */
final class EndpointStream implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointStream.class);

  private final String endpoint;
  private final Supplier<StreamingSession> sessions;
  private final boolean badOnDisconnect;
  private final Backoff reconnects;
  private final RecordPipeline outlet;
  private final Consumer<Throwable> onFailure;

  /**
   * Over all connections: a session that finds messages at the server which an earlier one
   * delivered may acknowledge them, without delivering them again, once Kafka has them.
   */
  private final DeliveryTracker deliveries = new DeliveryTracker(true);

  /** Makes deliveries and their records queue in the same order. */
  private final ReentrantLock order = new ReentrantLock();

  /** The channels are guarded by {@link #order}. */
  private final Map<Device<?>, StreamChannel> channels = new LinkedHashMap<>();

  /** Written by the running thread only. */
  private volatile ConnectionState state = ConnectionState.CONNECTING;

  private volatile boolean closed;

  /** Null before the first. */
  private volatile Connection connection;

  /** Why OFFLINE was reported last; null while connected. Owned by the running thread. */
  private ProtocolException reported;

  EndpointStream(
      String endpoint,
      Supplier<StreamingSession> sessions,
      List<? extends Device<?>> devices,
      boolean badOnDisconnect,
      Backoff reconnects,
      RecordPipeline outlet,
      Consumer<Throwable> onFailure) {
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.badOnDisconnect = badOnDisconnect;
    this.reconnects = reconnects;
    this.outlet = outlet;
    this.onFailure = onFailure;
    devices.forEach(device -> channels.put(device, new StreamChannel(device, outlet)));
  }

  ConnectionState state() {
    return state;
  }

  int devices() {
    return channels.size();
  }

  @Override
  public void run() {
    boolean wasConnected = false;
    try {
      while (!closed) {
        ProtocolException loss = connectAndWait(wasConnected);
        wasConnected |= state == ConnectionState.ONLINE;
        state = state.after(Event.FAILED);
        if (loss.kind() == Kind.FATAL) {
          throw new FatalSourceException(endpoint + ": " + loss.getMessage(), loss);
        }
        disconnected(loss);
        TimeUnit.NANOSECONDS.sleep(
            loss.kind() == Kind.CONFIGURATION ? reconnects.longestNanos() : reconnects.nextNanos());
        state = state.after(Event.RETRY);
      }
    } catch (InterruptedException e) {
      LOG.debug("The stream of {} ends", endpoint);
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    } finally {
      state = state.after(Event.STOP);
      logGaps();
    }
  }

  /** Ends the connection; whoever owns the running thread interrupts it. */
  @Override
  public void close() {
    closed = true;
    Connection current = connection;
    if (current != null) {
      current.close();
    }
  }

  /** Why the connection could not be made, or was lost. */
  private ProtocolException connectAndWait(boolean again) throws InterruptedException {
    StreamingSession session = sessions.get();
    try (Connection current = new Connection(session)) {
      connection = current;
      resetChannels();
      session.start(current);
      state = state.after(Event.CONNECTED);
      LOG.info("Connected to {}", endpoint);
      if (again) {
        outlet.metrics().reconnected();
      }
      reconnects.reset();
      connected();
      return current.loss.take();
    } catch (ProtocolException e) {
      return e;
    }
  }

  private void disconnected(ProtocolException cause) throws InterruptedException {
    if (!isNews(cause)) {
      LOG.debug("Still no connection to {}: {}", endpoint, cause.getMessage());
      return;
    }
    boolean first = reported == null;
    reported = cause;
    LOG.warn("No connection to {}: {}", endpoint, cause.getMessage());
    RecordBatch batch = new RecordBatch();
    long now = outlet.clock().epochNanos();
    order.lockInterruptibly();
    try {
      for (Map.Entry<Device<?>, StreamChannel> channel : channels.entrySet()) {
        outlet.map(status(channel.getKey(), DeviceState.OFFLINE, cause.getMessage(), now), batch);
        if (first && badOnDisconnect) {
          channel.getValue().turnBad(now, cause.status(), batch);
        }
      }
      queue(batch);
    } finally {
      order.unlock();
    }
  }

  private void logGaps() {
    order.lock();
    try {
      channels.values().forEach(StreamChannel::logGaps);
    } finally {
      order.unlock();
    }
  }

  /**
   * Whether somebody has to hear of a failure: of the first, and then of what has to be put right,
   * which may show only after the connection was lost for another reason.
   */
  private boolean isNews(ProtocolException cause) {
    return reported == null
        || (cause.kind() == Kind.CONFIGURATION && !cause.status().equals(reported.status()));
  }

  private void resetChannels() {
    order.lock();
    try {
      channels.values().forEach(StreamChannel::reset);
    } finally {
      order.unlock();
    }
  }

  private void connected() throws InterruptedException {
    reported = null;
    RecordBatch batch = new RecordBatch();
    long now = outlet.clock().epochNanos();
    order.lockInterruptibly();
    try {
      channels
          .keySet()
          .forEach(device -> outlet.map(status(device, DeviceState.ONLINE, "", now), batch));
      queue(batch);
    } finally {
      order.unlock();
    }
  }

  private DeviceStatus status(Device<?> device, DeviceState next, String cause, long nanos) {
    return new DeviceStatus(device, next, Clock.instant(nanos), cause, endpoint);
  }

  /** Queues what is no message of the field, so that nobody waits for its acknowledgement. */
  private void queue(RecordBatch batch) throws InterruptedException {
    if (batch.size() > 0) {
      queue(batch, Delivery.UNTRACKED);
    }
  }

  private void queue(RecordBatch batch, Delivery delivery) throws InterruptedException {
    outlet.buffer().claim(batch.size(), batch.bytes());
    outlet.put(batch.track(delivery), batch.size(), batch.bytes());
  }

  /**
   * One connection: where its session puts what it receives, and what of that Kafka does not have
   * yet. Thread-safe.
   */
  private final class Connection implements StreamSink, AutoCloseable {
    private final StreamingSession session;
    private final BlockingQueue<ProtocolException> loss = new ArrayBlockingQueue<>(1);
    private volatile boolean over;

    Connection(StreamingSession session) {
      this.session = session;
      deliveries.beginEpoch(session::acknowledge);
    }

    @Override
    public long deliver(List<? extends SourceEvent> events) throws InterruptedException {
      order.lockInterruptibly();
      try {
        if (over) {
          // Its tags are BAD by now, and whatever was not delivered is not acknowledged.
          throw new InterruptedException("the connection to " + endpoint + " is over");
        }
        RecordBatch batch = new RecordBatch();
        Map<Device<?>, List<SourceEvent>> byDevice = new LinkedHashMap<>();
        for (SourceEvent event : events) {
          byDevice.computeIfAbsent(event.device(), device -> new ArrayList<>()).add(event);
        }
        byDevice.forEach((device, own) -> channel(device).map(own, batch));
        Delivery delivery = deliveries.open(batch.size());
        if (batch.size() > 0) {
          try {
            queue(batch, delivery);
          } catch (InterruptedException e) {
            deliveries.abandon(delivery);
            throw e;
          }
        }
        return delivery.sequence();
      } finally {
        order.unlock();
      }
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      loss.offer(cause);
    }

    @Override
    public void close() {
      over = true;
      // Before the session ends, for it must not be told to acknowledge anything afterwards.
      deliveries.beginEpoch(sequence -> {});
      session.close();
    }
  }

  private StreamChannel channel(Device<?> device) {
    return channels.computeIfAbsent(device, unknown -> new StreamChannel(unknown, outlet));
  }
}
