// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.OutageCauses;
import io.connectot.core.connection.loop.Connection;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.connection.loop.ConnectionListener;
import io.connectot.core.connection.loop.ConnectionLoop;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of one endpoint: makes a session for each connection and reports how the connection is.
 * A {@link ConnectionLoop} keeps the connection; sessions deliver on their own threads.
 */
final class EndpointStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointStream.class);

  private final String endpoint;
  private final StreamRecords records;
  private final RecordPipeline pipeline;
  private final Consumer<Throwable> onFailure;
  private final ConnectionLoop loop;

  /**
   * @param endpoint what messages call it
   * @param threads makes its thread
   * @param sessions makes a session for each connection
   * @param onFailure receives failures that no other attempt can heal
   */
  EndpointStream(
      String endpoint,
      ThreadFactory threads,
      Supplier<StreamingSession> sessions,
      StreamRecords records,
      RetryPolicy retries,
      RecordPipeline pipeline,
      Consumer<Throwable> onFailure) {
    this.endpoint = endpoint;
    this.records = records;
    this.pipeline = pipeline;
    this.onFailure = onFailure;
    this.loop =
        new ConnectionLoop(
            threads,
            () -> new SessionConnection(sessions.get()),
            retries,
            new Reporter(),
            pipeline.clock());
  }

  void start() {
    loop.start();
  }

  ConnectionState state() {
    return loop.state();
  }

  /** How many devices have the status of the connection. */
  int devices() {
    return records.devices();
  }

  /** Ends the connection and makes no other. Returns when the session is closed. */
  @Override
  public void close() {
    loop.close();
  }

  /** Waits until its thread has ended; false when the time ran out. */
  boolean awaitStopped(long nanos) throws InterruptedException {
    boolean stopped = loop.awaitStopped(nanos);
    records.logGaps();
    return stopped;
  }

  /** Reports changes of the connection. Called by the loop's thread. */
  private final class Reporter implements ConnectionListener {
    /** Owned by the loop's thread, as the next. */
    private final OutageCauses causes = new OutageCauses();

    private boolean offline;

    @Override
    public void connected(boolean again) {
      LOG.info("Connected to {}", endpoint);
      if (again) {
        pipeline.metrics().reconnected();
      }
      causes.over();
      offline = false;
      records.online();
    }

    @Override
    public void disconnected(ProtocolException cause) {
      boolean temporary = cause.kind() == Kind.TRANSIENT;
      if (!causes.isNew(cause.status(), temporary, pipeline.clock().tick())) {
        LOG.debug("Still no connection to {}: {}", endpoint, cause.getMessage());
        return;
      }
      LOG.warn("No connection to {}: {}", endpoint, cause.getMessage());
      records.offline(cause, !offline);
      offline = true;
    }

    @Override
    public void failed(Throwable cause) {
      onFailure.accept(
          cause instanceof ProtocolException fatal
              ? new FatalSourceException(endpoint + ": " + fatal.getMessage(), fatal)
              : cause);
    }
  }

  /** One session as a connection of the loop, and as its session's sink. Thread-safe. */
  private final class SessionConnection implements Connection, StreamSink {
    private final StreamingSession session;

    /** Set by the loop's thread before the session can call back. */
    private volatile ConnectionEnd end;

    SessionConnection(StreamingSession session) {
      this.session = session;
    }

    @Override
    public void awaitReady() throws ProtocolException, InterruptedException {
      records.begin(session);
      session.awaitReady(this);
    }

    @Override
    public void open(ConnectionEnd newEnd) throws ProtocolException, InterruptedException {
      end = newEnd;
      session.start(this);
    }

    @Override
    public void tick() throws ProtocolException {
      session.tick();
    }

    @Override
    public void close() {
      // Before the session ends, because it must not acknowledge anything afterwards.
      records.end(session);
      session.close();
    }

    @Override
    public void deliver(List<Message> batch) throws InterruptedException {
      records.deliver(session, batch);
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      end.lost(cause);
    }

    @Override
    public void drop(ProtocolException cause) {
      end.dropped(cause);
    }

    @Override
    public void finished() {
      end.finished();
    }
  }
}
