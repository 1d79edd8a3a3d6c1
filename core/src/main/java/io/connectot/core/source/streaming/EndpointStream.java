// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ConnectionState.Event;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.model.Device;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one streaming connection: connects, and connects again when the connection is lost. {@link
 * #run} has a thread of its own; sessions deliver on theirs.
 */
final class EndpointStream implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointStream.class);

  private final String endpoint;
  private final Supplier<StreamingSession> sessions;
  private final StreamRecords records;
  private final int devices;
  private final Backoff reconnects;
  private final RecordPipeline pipeline;
  private final Consumer<Throwable> onFailure;

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
      RecordPipeline pipeline,
      Consumer<Throwable> onFailure) {
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.records = new StreamRecords(endpoint, devices, badOnDisconnect, true, pipeline);
    this.devices = devices.size();
    this.reconnects = reconnects;
    this.pipeline = pipeline;
    this.onFailure = onFailure;
  }

  ConnectionState state() {
    return state;
  }

  int devices() {
    return devices;
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
      records.logGaps();
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
      session.awaitReady();
      records.begin(session);
      session.start(current);
      state = state.after(Event.CONNECTED);
      LOG.info("Connected to {}", endpoint);
      if (again) {
        pipeline.metrics().reconnected();
      }
      reconnects.reset();
      reported = null;
      records.online();
      return current.loss.take();
    } catch (ProtocolException e) {
      return e;
    }
  }

  private void disconnected(ProtocolException cause) {
    if (!isNews(cause)) {
      LOG.debug("Still no connection to {}: {}", endpoint, cause.getMessage());
      return;
    }
    boolean first = reported == null;
    reported = cause;
    LOG.warn("No connection to {}: {}", endpoint, cause.getMessage());
    records.offline(cause, first);
  }

  /**
   * Whether a failure is to be reported: the first, and then what has to be corrected, which may
   * show only after the connection was lost for another reason.
   */
  private boolean isNews(ProtocolException cause) {
    return reported == null
        || (cause.kind() == Kind.CONFIGURATION && !cause.status().equals(reported.status()));
  }

  /** One connection, as its session sees it. Thread-safe. */
  private final class Connection implements StreamSink, AutoCloseable {
    private final StreamingSession session;
    private final BlockingQueue<ProtocolException> loss = new ArrayBlockingQueue<>(1);

    Connection(StreamingSession session) {
      this.session = session;
    }

    @Override
    public void deliver(List<Message> batch) throws InterruptedException {
      records.deliver(session, batch);
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      loss.offer(cause);
    }

    @Override
    public void close() {
      // Before the session ends, for it must not be told to acknowledge anything afterwards.
      records.end(session);
      session.close();
    }
  }
}
