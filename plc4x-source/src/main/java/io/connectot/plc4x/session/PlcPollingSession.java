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
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.adapter.ReplyCode;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.config.Plc4xTag;
import io.connectot.plc4x.config.RequestSettings;
import io.connectot.plc4x.merge.ReadPlanners;
import io.connectot.plc4x.value.ValueConverter;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One connection to one PLC. What it learns about tags lasts as long as the session, across
 * reconnections.
 */
public final class PlcPollingSession implements PollingSession<Plc4xDevice, Plc4xTag> {
  /** What a PLC says when something is wrong with more than the address. */
  private static final Set<String> NO_ANSWERS =
      Set.of(
          ReplyCode.INTERNAL_ERROR.status(),
          ReplyCode.REMOTE_ERROR.status(),
          ReplyCode.RESPONSE_PENDING.status());

  private final LinkKeeper links;
  private final RequestSettings settings;
  private final ValueConverter converter;
  private final Clock clock;
  private final ReadItems planned;

  /** By device name and list of points, of which the runtime always passes the same instance. */
  private final Map<String, Map<List<Point<Plc4xTag>>, GroupRead>> groups = new HashMap<>();

  private int failedScans;

  /** Makes a session that opens nothing. */
  public PlcPollingSession(
      PlcDrivers drivers,
      Plc4xDevice device,
      RequestSettings settings,
      ValueConverter converter,
      Clock clock) {
    this.links = new LinkKeeper(drivers, device.url(), device.login(), settings.connectTimeout());
    this.settings = settings;
    this.converter = converter;
    this.clock = clock;
    String driver = device.url().driver();
    this.planned = new ReadItems(drivers, driver, ReadPlanners.of(driver, settings.s7MergeGap()));
  }

  @Override
  public void connect() throws ProtocolException {
    links.open();
    failedScans = 0;
  }

  @Override
  public List<Measurement> read(Device<Plc4xDevice> device, List<Point<Plc4xTag>> points)
      throws ProtocolException {
    GroupRead group =
        groups
            .computeIfAbsent(device.name(), name -> new IdentityHashMap<>())
            .computeIfAbsent(
                points,
                list ->
                    new GroupRead(
                        planned.of(list.stream().map(Point::tag).toList()),
                        links,
                        settings,
                        clock,
                        new MeasurementFactory(device, list, converter, clock)));
    List<Measurement> scan = group.run();
    dropAfterFailures(scan);
    return scan;
  }

  private void dropAfterFailures(List<Measurement> scan) throws ProtocolException {
    for (Measurement measurement : scan) {
      if (measurement.quality() != Quality.BAD || !NO_ANSWERS.contains(measurement.status())) {
        failedScans = 0;
        return;
      }
    }
    failedScans++;
    if (failedScans >= settings.reopenAfterFailures()) {
      failedScans = 0;
      links.drop();
      String status = scan.get(0).status();
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          status,
          "no tag could be read in "
              + settings.reopenAfterFailures()
              + " scans, the last answer was "
              + status,
          null);
    }
  }

  @Override
  public String currentEndpoint() {
    return links.url().endpoint();
  }

  @Override
  public void close() {
    links.close();
  }
}
