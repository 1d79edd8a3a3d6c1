// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryMethod.Parameter;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.plc4x.adapter.DriverConnection.BrowsedTag;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.session.Plc4xTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Browses a PLC where the driver can, and reads addresses to see what they hold. */
public final class Plc4xDiscovery implements Discovery {
  private static final String BROWSE = "browse";
  private static final String READ = "read";

  /** Tags that are read together, so that values are shown before all are there. */
  private static final int BATCH = 50;

  /** The console makes one instance. */
  public Plc4xDiscovery() {
    // There is no state.
  }

  @Override
  public String title() {
    return "PLC4X";
  }

  @Override
  public String connectorClass() {
    return Plc4xSourceConnector.class.getName();
  }

  @Override
  public String addressKey() {
    return "devices.";
  }

  @Override
  public String addressExample() {
    return "s7-light://10.0.0.7";
  }

  @Override
  public List<DiscoveryMethod> methods() {
    return List.of(
        DiscoveryMethod.of(
            READ,
            "Addresses",
            Parameter.of("addresses", "Addresses, separated by blanks", "%DB1.DBD0:REAL")),
        DiscoveryMethod.of(
            BROWSE, "Symbols (ads)", Parameter.of("query", "Query of the driver", "*")));
  }

  @Override
  public void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    Map<String, String> props = new HashMap<>(request.config());
    props.putIfAbsent(MappingConfig.TOPIC.name(), "discovery");
    props.put(Plc4xSourceConfig.MODE.name(), "poll");
    props.remove(Plc4xSourceConfig.BROWSE.name());
    Plc4xProtocol protocol = new Plc4xProtocol();
    Configuration config =
        SourceConfig.unchecked(SourceConfig.definition(protocol), protocol, props).keys();
    DriverRegistry drivers = Plc4xDriverRegistry.shared();
    Plc4xPollingDriver driver = new Plc4xPollingDriver(config, drivers);
    Plc4xDevice settings =
        driver.parseDevice(new DeviceLine("device", request.address())).settings();
    Map<String, String> addresses =
        switch (request.method()) {
          case READ -> addresses(request.text("addresses", ""));
          case BROWSE -> browse(request.text("query", "*"), run, config, drivers, settings);
          default -> throw new LineException("method=" + request.method() + ": unknown");
        };
    Device<Plc4xDevice> device =
        new Device<>("device", settings.url().endpoint(), settings, Map.of());
    List<Point<Plc4xTag>> points = new ArrayList<>();
    for (Map.Entry<String, String> tag : addresses.entrySet()) {
      points.add(new Point<>(device, tag(driver, tag.getKey(), tag.getValue())));
    }
    read(driver, device, points, addresses, run);
  }

  /** The addresses by the names that they get. */
  private static Map<String, String> addresses(String text) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String address : text.strip().split("\\s+", -1)) {
      addresses.put(address.replace("%", "").replace(':', '_'), address);
    }
    return addresses;
  }

  private static Map<String, String> browse(
      String query,
      DiscoveryRun run,
      Configuration config,
      DriverRegistry drivers,
      Plc4xDevice device)
      throws LineException, ProtocolException, InterruptedException {
    if (!drivers.capabilities(device.url().text()).browse()) {
      throw new LineException(
          "the driver " + device.url().driver() + " cannot browse; read addresses instead");
    }
    Duration limit = config.get(Plc4xConfig.CONNECT_TIMEOUT);
    ManagedConnection connection = new ManagedConnection(drivers, device, limit);
    run.closeOnCancel(connection::close);
    try {
      connection.open();
      Map<String, String> found = new LinkedHashMap<>();
      for (BrowsedTag tag :
          connection.current().call(opened -> opened.browse(query, limit), limit)) {
        found.putIfAbsent(tag.name(), tag.address().text());
      }
      return found;
    } catch (DriverException | TimeoutException e) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "NO_BROWSE",
          device.url().endpoint()
              + ": cannot be browsed with the query "
              + query
              + "; check the query, or raise "
              + Plc4xConfig.CONNECT_TIMEOUT,
          e);
    } finally {
      connection.close();
    }
  }

  private static Tag<Plc4xTag> tag(Plc4xPollingDriver driver, String name, String address)
      throws LineException {
    ParsedTag<Plc4xTag> parsed =
        driver.parseTag(new TagLine(name, address, Optional.empty(), new LineOptions(Map.of())));
    return new Tag<>(
        name,
        parsed.address(),
        parsed.type(),
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  private static void read(
      Plc4xPollingDriver driver,
      Device<Plc4xDevice> device,
      List<Point<Plc4xTag>> points,
      Map<String, String> addresses,
      DiscoveryRun run)
      throws ProtocolException {
    try (PollingSession<Plc4xDevice, Plc4xTag> session =
        driver.newSession(device.endpoint(), List.of(device))) {
      run.closeOnCancel(session);
      session.connect();
      for (int at = 0; at < points.size(); at += BATCH) {
        run.progress(at + " of " + points.size() + " read");
        List<Point<Plc4xTag>> batch = points.subList(at, Math.min(points.size(), at + BATCH));
        for (Measurement measurement : session.read(device, List.copyOf(batch))) {
          if (!run.add(candidate(measurement, addresses.get(measurement.tag().name())))) {
            return;
          }
        }
      }
      run.progress("");
    }
  }

  private static Candidate candidate(Measurement measurement, String address) {
    boolean bad = measurement.quality() == Quality.BAD;
    return Candidate.tag(
        measurement.tag().name(),
        "",
        new TagReading(
            bad ? "" : measurement.tag().type().configName(),
            address,
            "",
            Map.of(),
            TagReading.text(measurement.value()),
            measurement.quality(),
            measurement.status()));
  }
}
