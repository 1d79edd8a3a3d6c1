// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ConnectionState.Event;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.source.polling.ScanScheduler.Lane;
import io.connectot.core.source.polling.ScanScheduler.Next;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection to one endpoint and scans the devices behind it, one after the other.
 *
 * <p>{@link #run} is for one thread at a time, as the scheduler sees to; {@link #state}, {@link
 * #devices} and {@link #close} are for any thread.
 */
final class EndpointPoller<E, A> implements ScanScheduler.Job, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointPoller.class);
  private static final Next NEVER = new Next(Long.MAX_VALUE / 2, Lane.RECOVERY);

  private final String endpoint;
  private final PollingSession<E, A> session;
  private final List<DevicePoller<E, A>> devices;
  private final Backoff reconnects;
  private final RecordPipeline pipeline;

  /** Written by the running thread only. */
  private volatile ConnectionState state = ConnectionState.CONNECTING;

  private volatile boolean closed;
  private boolean wasConnected;

  EndpointPoller(
      String endpoint,
      PollingSession<E, A> session,
      List<DevicePoller<E, A>> devices,
      Backoff reconnects,
      RecordPipeline pipeline) {
    this.endpoint = endpoint;
    this.session = session;
    this.devices = List.copyOf(devices);
    this.reconnects = reconnects;
    this.pipeline = pipeline;
  }

  ConnectionState state() {
    return state;
  }

  List<DevicePoller<E, A>> devices() {
    return devices;
  }

  /**
   * Connects when there is no connection, and scans what is due.
   *
   * @throws FatalSourceException when trying again is pointless
   */
  @Override
  public Next run() {
    if (closed) {
      state = state.after(Event.STOP);
      return NEVER;
    }
    try {
      if (state == ConnectionState.BACKOFF) {
        state = state.after(Event.RETRY);
      }
      if (state == ConnectionState.CONNECTING) {
        connect();
      }
      for (DevicePoller<E, A> device : devices) {
        device.scanDue(session);
        if (!device.isFailing()) {
          reconnects.reset();
        }
      }
      return nextScan();
    } catch (ProtocolException e) {
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NEVER;
    }
  }

  /** Ends the connection and whatever waits for it. May be called again after the last run. */
  @Override
  public void close() {
    closed = true;
    session.close();
  }

  private void connect() throws ProtocolException {
    session.connect();
    state = state.after(Event.CONNECTED);
    LOG.info("Connected to {}", session.currentEndpoint());
    if (wasConnected) {
      pipeline.metrics().reconnected();
    }
    wasConnected = true;
    devices.forEach(DevicePoller::dueNow);
  }

  private Next failed(ProtocolException cause) {
    if (closed) {
      return NEVER;
    }
    if (cause.kind() == Kind.FATAL) {
      throw new FatalSourceException(endpoint + ": " + cause.getMessage(), cause);
    }
    state = state.after(Event.FAILED);
    long pause =
        cause.kind() == Kind.CONFIGURATION ? reconnects.longestNanos() : reconnects.nextNanos();
    LOG.debug("No connection to {}; next attempt in {} ns", endpoint, pause, cause);
    for (DevicePoller<E, A> device : devices) {
      device.connectionFailed(cause, session.currentEndpoint());
    }
    return new Next(pipeline.clock().tick() + pause, Lane.RECOVERY);
  }

  /** An endpoint with one device that answers stays among those that answer. */
  private Next nextScan() {
    long next = devices.get(0).nextTick();
    boolean failing = true;
    for (DevicePoller<E, A> device : devices) {
      long tick = device.nextTick();
      next = tick - next < 0 ? tick : next;
      failing &= device.isFailing();
    }
    return new Next(next, failing ? Lane.RECOVERY : Lane.LIVE);
  }
}
