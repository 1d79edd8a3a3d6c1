// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks one tally for its counts. */
final class TallyPollingSession implements PollingSession<String, Integer> {
  private final String endpoint;
  private final String host;
  private final Duration timeout;
  private final Object lock = new Object();

  /** Guarded by the lock; null without a connection. */
  private TallyConnection connection;

  /** Guarded by the lock. */
  private boolean closed;

  TallyPollingSession(String endpoint, String host, Duration timeout) {
    this.endpoint = endpoint;
    this.host = host;
    this.timeout = timeout;
  }

  @Override
  public void connect() throws ProtocolException {
    try {
      replace(TallyDevice.connect(host));
    } catch (IOException e) {
      throw TallyErrors.connectionLost(endpoint, e);
    }
  }

  @Override
  public List<Measurement> read(Device<String> device, List<Point<Integer>> points)
      throws ProtocolException {
    List<Measurement> scan = new ArrayList<>(points.size());
    try {
      TallyConnection current = current();
      for (Point<Integer> point : points) {
        scan.add(TallyValues.of(point, current.read(point.tag().address(), timeout)));
      }
      return scan;
    } catch (SocketTimeoutException e) {
      throw TallyErrors.timeout(device.name(), e);
    } catch (IOException e) {
      throw TallyErrors.connectionLost(endpoint, e);
    }
  }

  @Override
  public String currentEndpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (connection != null) {
        connection.close();
      }
    }
  }

  private TallyConnection current() throws IOException {
    synchronized (lock) {
      if (connection == null) {
        throw new IOException("not connected");
      }
      return connection;
    }
  }

  /** The runtime may have closed the session while it was connecting. */
  private void replace(TallyConnection opened) throws IOException {
    synchronized (lock) {
      if (connection != null) {
        connection.close();
      }
      connection = opened;
      if (closed) {
        opened.close();
        throw new IOException("closed");
      }
    }
  }
}
