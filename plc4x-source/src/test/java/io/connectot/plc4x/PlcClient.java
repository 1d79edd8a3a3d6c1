// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedDevice;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.core.testing.Points;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.session.Plc4xTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** One session with a PLC, as the runtime has it. */
final class PlcClient implements AutoCloseable {
  private final Plc4xPollingDriver driver;
  private final Device<Plc4xDevice> device;
  private final PollingSession<Plc4xDevice, Plc4xTag> session;

  /**
   * @param url the connection string
   * @param props the connector's own keys
   */
  PlcClient(String url, Map<String, String> props) throws LineException {
    Plc4xProtocol protocol = new Plc4xProtocol();
    ConfigDef definition = new ConfigDef();
    protocol.defineConfig(definition);
    this.driver = (Plc4xPollingDriver) protocol.bind(new AbstractConfig(definition, props, false));
    ParsedDevice<Plc4xDevice> parsed = driver.parseDevice(new DeviceLine("plc", url));
    this.device = new Device<>("plc", parsed.endpoint(), parsed.settings(), Map.of());
    this.session = driver.newSession(device.endpoint(), List.of(device));
  }

  void connect() throws ProtocolException {
    session.connect();
  }

  /** Tags with these addresses, which are their names too. */
  List<Tag<Plc4xTag>> tags(List<String> addresses) throws LineException {
    List<Tag<Plc4xTag>> tags = new ArrayList<>();
    for (String address : addresses) {
      ParsedTag<Plc4xTag> parsed =
          driver.parseTag(
              new TagLine(address, address, Optional.empty(), new LineOptions(Map.of())));
      tags.add(
          new Tag<>(
              address,
              parsed.address(),
              parsed.type(),
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of()));
    }
    return tags;
  }

  List<Measurement> read(List<Tag<Plc4xTag>> tags) throws ProtocolException {
    return session.read(device, Points.of(device, tags));
  }

  @Override
  public void close() {
    session.close();
  }
}
