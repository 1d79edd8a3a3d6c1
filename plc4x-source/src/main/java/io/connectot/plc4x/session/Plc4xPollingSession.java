// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.config.ConnectionHints;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection to one PLC. What the session finds out about tags is kept across reconnections.
 */
public final class Plc4xPollingSession implements PollingSession<Plc4xDevice, Plc4xTag> {
  /** Response codes that indicate a failure of the PLC instead of one address. */
  private static final Set<String> DEVICE_FAILURES =
      Set.of(
          ResponseCode.ACCESS_DENIED.status(),
          ResponseCode.INTERNAL_ERROR.status(),
          ResponseCode.REMOTE_ERROR.status(),
          ResponseCode.RESPONSE_PENDING.status());

  private final ManagedConnection connection;
  private final RequestSettings settings;
  private final Clock clock;
  private final ReadItemPlanner planner;
  private final AtomicReference<RequestBatch> lastAnswered = new AtomicReference<>();

  /** By device name and list of points; the runtime passes one list instance per scan group. */
  private final Map<String, Map<List<Point<Plc4xTag>>, ScanGroupReader>> groups = new HashMap<>();

  private int failedScans;

  /** Makes a session whose connection is not open. */
  public Plc4xPollingSession(
      ManagedConnection connection,
      ReadItemPlanner planner,
      RequestSettings settings,
      Clock clock) {
    this.connection = connection;
    this.planner = planner;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void connect() throws ProtocolException {
    connection.open();
    failedScans = 0;
  }

  @Override
  public List<Measurement> read(Device<Plc4xDevice> device, List<Point<Plc4xTag>> points)
      throws ProtocolException {
    ScanGroupReader group =
        groups
            .computeIfAbsent(device.name(), name -> new IdentityHashMap<>())
            .computeIfAbsent(
                points,
                list ->
                    new ScanGroupReader(
                        planner.of(list.stream().map(Point::tag).toList()),
                        connection,
                        settings,
                        clock,
                        new MeasurementFactory(device, list, clock),
                        lastAnswered));
    List<Measurement> scan = group.run();
    dropAfterFailures(scan);
    return scan;
  }

  private void dropAfterFailures(List<Measurement> scan) throws ProtocolException {
    for (Measurement measurement : scan) {
      if (measurement.quality() != Quality.BAD || !DEVICE_FAILURES.contains(measurement.status())) {
        failedScans = 0;
        return;
      }
    }
    failedScans++;
    if (failedScans >= settings.reopenAfterFailures()) {
      failedScans = 0;
      connection.drop();
      String status = scan.get(0).status();
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          status,
          "no tag could be read in "
              + settings.reopenAfterFailures()
              + " consecutive scans; last response code: "
              + status
              + (mayBeDenied(status)
                  ? "; " + ConnectionHints.forAccess(connection.url().driver())
                  : ""),
          null);
    }
  }

  /** The S7 drivers report an item whose access is denied as an internal error. */
  private boolean mayBeDenied(String status) {
    return status.equals(ResponseCode.ACCESS_DENIED.status())
        || (status.equals(ResponseCode.INTERNAL_ERROR.status())
            && connection.url().driver().startsWith("s7"));
  }

  @Override
  public String currentEndpoint() {
    return connection.url().endpoint();
  }

  @Override
  public void close() {
    connection.close();
  }
}
