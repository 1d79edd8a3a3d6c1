// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.Connection;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.connection.loop.ConnectionListener;
import io.connectot.core.connection.loop.ConnectionLoop;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.WritingSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected to an endpoint, for all devices behind it. Thread-safe.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class DeviceLink<E, A>
    implements SessionSource<E, A>, ConnectionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLink.class);

  private final String endpoint;
  private final Map<Device<E>, List<Tag<A>>> devices;
  private final WritingDriver<E, A> driver;
  private final Observer observer;
  private final ConnectionLoop loop;

  /** The session of the present attempt. Owned by the thread that connects. */
  private WritingSession<E, A> attempt;

  /** Null while there is no connection. Written by the thread that connects. */
  private volatile WritingSession<E, A> session;

  /** Null while connected. Written by the thread that connects. */
  private volatile ProtocolException problem;

  /** Is notified by the thread that connects. */
  public interface Observer {
    /**
     * A connection is up.
     *
     * @param again whether there was one before
     */
    void connected(DeviceLink<?, ?> link, boolean again);

    /** There is no connection. */
    void disconnected(DeviceLink<?, ?> link, ProtocolException cause);

    /** There will be no further connection. */
    void failed(Throwable cause);
  }

  /**
   * @param threads makes the thread that connects
   */
  public DeviceLink(
      WritingDriver<E, A> driver,
      String endpoint,
      Map<Device<E>, List<Tag<A>>> devices,
      RetryPolicy retries,
      ThreadFactory threads,
      Observer observer,
      Clock clock) {
    this.driver = driver;
    this.endpoint = endpoint;
    this.devices = devices;
    this.observer = observer;
    this.loop = new ConnectionLoop(threads, this::newConnection, retries, this, clock);
  }

  /** Begins to connect. Called once. */
  public void start() {
    loop.start();
  }

  @Override
  public Optional<WritingSession<E, A>> session() {
    return Optional.ofNullable(session);
  }

  @Override
  public Optional<ProtocolException> problem() {
    return Optional.ofNullable(problem);
  }

  /** The devices behind it. */
  public Set<Device<E>> devices() {
    return devices.keySet();
  }

  /** The endpoint in use. */
  public String currentEndpoint() {
    WritingSession<E, A> current = session;
    return current == null ? endpoint : current.currentEndpoint();
  }

  private Connection newConnection() {
    WritingSession<E, A> made = driver.newWritingSession(endpoint, devices);
    attempt = made;
    return new Connection() {
      @Override
      public void open(ConnectionEnd end) throws ProtocolException, InterruptedException {
        made.open(end::lost);
      }

      @Override
      public void close() {
        made.close();
      }
    };
  }

  @Override
  public void connected(boolean again) {
    session = attempt;
    problem = null;
    observer.connected(this, again);
  }

  @Override
  public void disconnected(ProtocolException cause) {
    session = null;
    ProtocolException before = problem;
    problem = cause;
    if (before == null || !before.status().equals(cause.status())) {
      LOG.warn("No connection to {}, retrying: {}", endpoint, cause.getMessage());
    } else {
      LOG.debug("Still no connection to {}: {}", endpoint, cause.getMessage());
    }
    observer.disconnected(this, cause);
  }

  @Override
  public void failed(Throwable cause) {
    session = null;
    observer.failed(cause);
  }

  @Override
  public void close() {
    loop.close();
  }
}
