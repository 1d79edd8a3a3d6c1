// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.spi.LineException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.adapter.PlcDrivers.Login;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.config.ConnectionString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the links of one session, one after the other, and drops them when they fail: a link that
 * did not answer is never used again.
 *
 * <p>For one thread at a time, except {@link #close}.
 */
final class LinkKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);

  /** How many drivers that cannot be ended may hang around before no more are started. */
  static final int MAX_STUCK = 2;

  private static final Duration SOON = Duration.ofSeconds(2);

  private final PlcDrivers drivers;
  private final ConnectionString url;
  private final Login login;
  private final Duration connectTimeout;
  private final List<LinkOwner> abandoned = new ArrayList<>();

  private volatile LinkOwner current;
  private volatile boolean closed;

  private Chunk lastAnswered;

  /**
   * @param login null for none
   */
  LinkKeeper(PlcDrivers drivers, ConnectionString url, Login login, Duration connectTimeout) {
    this.drivers = drivers;
    this.url = url;
    this.login = login;
    this.connectTimeout = connectTimeout;
  }

  /**
   * Opens a link, in place of the one there was.
   *
   * @throws ProtocolException when there is none within the connect timeout
   */
  void open() throws ProtocolException {
    drop();
    refuseWhileStuck();
    LinkOwner owner =
        new LinkOwner(
            () -> drivers.newLink(url.text(), login), "connect-ot-plc4x-" + url.endpoint());
    current = owner;
    try {
      if (closed) {
        throw closed();
      }
      owner.ask(
          link -> {
            link.open(connectTimeout);
            return null;
          },
          connectTimeout);
    } catch (TimeoutException e) {
      drop();
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "CONNECT_TIMEOUT",
          url.endpoint()
              + " was not connected within "
              + connectTimeout.toMillis()
              + " ms; check that it is the right kind of device and has a connection to spare",
          null);
    } catch (PlcFailure e) {
      drop();
      if (e.getCause() instanceof LineException) {
        throw new ProtocolException(
            Kind.CONFIGURATION,
            Scope.CONNECTION,
            "INVALID_CONNECTION_STRING",
            e.getMessage(),
            null);
      }
      LOG.debug("No connection to {}", url, e);
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "NO_CONNECTION",
          url.endpoint() + " cannot be connected: " + url.redact(e.getMessage()),
          null);
    } catch (InterruptedException e) {
      drop();
      throw interrupted();
    }
  }

  /**
   * The link that is open.
   *
   * @throws ProtocolException when the driver lost it
   */
  LinkOwner current() throws ProtocolException {
    LinkOwner owner = current;
    if (owner == null || !owner.isConnected()) {
      drop();
      throw closed
          ? closed()
          : new ProtocolException(
              Kind.TRANSIENT,
              Scope.CONNECTION,
              "CONNECTION_LOST",
              "the connection to " + url.endpoint() + " is lost",
              null);
    }
    return owner;
  }

  /** Whether the driver still believes in the link. */
  boolean isConnected() {
    LinkOwner owner = current;
    return owner != null && owner.isConnected();
  }

  /** Takes note of what was answered. */
  void noteAnswer(Chunk chunk) {
    lastAnswered = chunk;
  }

  /** What was answered last, on this link or an earlier one; null when nothing was. */
  Chunk lastAnswered() {
    return lastAnswered;
  }

  /** Drops the current link, which failed. Does not wait. */
  void drop() {
    LinkOwner owner = current;
    current = null;
    if (owner != null) {
      owner.abandon();
      abandoned.add(owner);
    }
  }

  /** Ends everything. For any thread. */
  void close() {
    closed = true;
    LinkOwner owner = current;
    if (owner != null) {
      owner.close();
    }
  }

  ConnectionString url() {
    return url;
  }

  ProtocolException interrupted() {
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
        "the connection to " + url.endpoint() + " is closed",
        null);
  }

  private void refuseWhileStuck() throws ProtocolException {
    if (abandoned.size() >= MAX_STUCK) {
      // Most end at once, but not before a device that refuses connections is asked again.
      try {
        abandoned.get(0).awaitEnd(SOON);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    for (Iterator<LinkOwner> owners = abandoned.iterator(); owners.hasNext(); ) {
      if (!owners.next().isAlive()) {
        owners.remove();
      }
    }
    if (abandoned.size() >= MAX_STUCK) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "DRIVER_STUCK",
          "the driver "
              + url.driver()
              + " still holds "
              + abandoned.size()
              + " earlier connections to "
              + url.endpoint()
              + " and does not let go; nothing more is started until it does. If it never does,"
              + " restart the worker",
          null);
    }
  }
}
