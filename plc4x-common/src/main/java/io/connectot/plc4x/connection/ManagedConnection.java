// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.connection;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.config.ConnectionHints;
import io.connectot.plc4x.config.ConnectionString;
import io.connectot.plc4x.config.Plc4xDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current connection of a session. A connection that failed or did not answer is abandoned and
 * never used again; {@link #open} replaces it.
 *
 * <p>For one thread at a time, except {@link #close}.
 */
public final class ManagedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedConnection.class);

  /** The most abandoned connections whose threads still run before no more are opened. */
  static final int MAX_STUCK = 2;

  /** What drivers say when the device accepted the connection and closed it. */
  private static final String CLOSED_BY_PEER = "terminated by remote";

  private static final Duration SOON = Duration.ofSeconds(2);

  private final DriverRegistry drivers;
  private final Plc4xDevice device;
  private final Duration connectTimeout;
  private final List<ConnectionThread> abandoned = new ArrayList<>();

  private volatile ConnectionThread current;
  private volatile boolean closed;

  /** Makes a connection to a device that is not open. */
  public ManagedConnection(DriverRegistry drivers, Plc4xDevice device, Duration connectTimeout) {
    this.drivers = drivers;
    this.device = device;
    this.connectTimeout = connectTimeout;
  }

  /**
   * Opens a connection in place of the current one.
   *
   * @throws ProtocolException when it is not open within the connect timeout
   */
  public void open() throws ProtocolException {
    drop();
    refuseWhileStuck();
    ConnectionThread thread =
        new ConnectionThread(
            () -> drivers.newConnection(url().text(), device.login()),
            "connect-ot-plc4x-" + url().endpoint());
    current = thread;
    try {
      if (closed) {
        throw closed();
      }
      thread.call(
          connection -> {
            connection.open(connectTimeout);
            return null;
          },
          connectTimeout);
    } catch (TimeoutException e) {
      drop();
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "CONNECT_TIMEOUT",
          url().endpoint()
              + " did not connect within "
              + connectTimeout.toMillis()
              + " ms; "
              + ConnectionHints.forConnection(url().driver()),
          null);
    } catch (DriverException e) {
      drop();
      if (e.getCause() instanceof LineException) {
        throw new ProtocolException(
            Kind.CONFIGURATION,
            Scope.CONNECTION,
            "INVALID_CONNECTION_STRING",
            e.getMessage(),
            null);
      }
      LOG.debug("No connection to {}", url(), e);
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "NO_CONNECTION",
          url().endpoint()
              + ": connection failed: "
              + url().redact(e.getMessage())
              + (e.getMessage().contains(CLOSED_BY_PEER)
                  ? "; " + ConnectionHints.forConnection(url().driver())
                  : ""),
          null);
    } catch (InterruptedException e) {
      drop();
      throw interrupted();
    }
  }

  /**
   * The open connection.
   *
   * @throws ProtocolException when there is none
   */
  public ConnectionThread current() throws ProtocolException {
    ConnectionThread thread = current;
    if (thread == null || !thread.isConnected()) {
      drop();
      throw closed
          ? closed()
          : new ProtocolException(
              Kind.TRANSIENT,
              Scope.CONNECTION,
              "CONNECTION_LOST",
              "the connection to " + url().endpoint() + " was lost",
              null);
    }
    return thread;
  }

  /** Whether the driver reports the connection as open. */
  public boolean isConnected() {
    ConnectionThread thread = current;
    return thread != null && thread.isConnected();
  }

  /** Abandons the current connection. Does not wait. */
  public void drop() {
    ConnectionThread thread = current;
    current = null;
    if (thread != null) {
      thread.abandon();
      abandoned.add(thread);
    }
  }

  /** Closes the connection for good. Any thread. */
  public void close() {
    closed = true;
    ConnectionThread thread = current;
    if (thread != null) {
      thread.close();
    }
  }

  public ConnectionString url() {
    return device.url();
  }

  public ProtocolException interrupted() {
    if (!closed) {
      Thread.currentThread().interrupt();
    }
    return closed();
  }

  private ProtocolException closed() {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "CLOSED",
        "the connection to " + url().endpoint() + " is closed",
        null);
  }

  private void refuseWhileStuck() throws ProtocolException {
    if (abandoned.size() >= MAX_STUCK) {
      // Most threads end within milliseconds, but a refused attempt is retried even faster.
      try {
        abandoned.get(0).awaitEnd(SOON);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    for (Iterator<ConnectionThread> threads = abandoned.iterator(); threads.hasNext(); ) {
      if (!threads.next().isAlive()) {
        threads.remove();
      }
    }
    if (abandoned.size() >= MAX_STUCK) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "DRIVER_STUCK",
          "the driver "
              + url().driver()
              + " has not released "
              + abandoned.size()
              + " earlier connections to "
              + url().endpoint()
              + "; no further connection is opened until it does. If it never does, restart the"
              + " worker",
          null);
    }
  }
}
