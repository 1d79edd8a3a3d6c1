// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.sink.command.CommandProtocol;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.plc4x.config.Plc4xDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session with one tag of one PLC, as the runtime has it. */
final class SinkClient implements AutoCloseable {
  /** Added to by threads of the driver, read by those of tests. */
  private final List<ProtocolException> lost = new CopyOnWriteArrayList<>();

  private final Plc4xWritingSession session;
  private final Device<Plc4xDevice> device;
  private final Tag<WrittenTag> tag;

  /** Connects to a device that answers. */
  SinkClient(String url, String line) throws Exception {
    this(url, line, 30_000);
  }

  /** Connects, and waits so long for answers. */
  SinkClient(String url, String line, int timeoutMillis) throws Exception {
    Map<String, String> props = new HashMap<>();
    props.put("name", "sink");
    props.put("topics", "commands");
    props.put("devices.press", url);
    props.put("tags.tag", line + " write=true");
    props.put("plc4x.connect.timeout.ms", "30000");
    props.put("plc4x.request.timeout.ms", Integer.toString(timeoutMillis));
    Plc4xSinkProtocol protocol = new Plc4xSinkProtocol();
    Configuration config = Configuration.parse(CommandProtocol.definition(protocol), props);
    Plc4xWritingDriver driver = (Plc4xWritingDriver) protocol.bind(config.kafka());
    var inventory = InventoryLoader.loadWritable(config, driver, protocol).orThrow();
    device = inventory.devices().get(0);
    List<Tag<WrittenTag>> tags = List.copyOf(inventory.tagsOf(device));
    tag = tags.get(0);
    session = driver.newWritingSession(device.endpoint(), Map.of(device, tags));
    session.open(lost::add);
  }

  WriteTarget target() throws Exception {
    return session.target(device, tag);
  }

  WriteOutcome write(Value value) throws Exception {
    return session.write(device, List.of(new TagWrite<>(tag, value))).get(0);
  }

  ReadBack read() throws Exception {
    return session.read(device, List.of(tag)).get(0);
  }

  /** Whether the driver has not noticed yet that the connection is lost. */
  boolean isConnected() {
    return session.isConnected();
  }

  /** Why the connection was given up. */
  List<ProtocolException> lost() {
    return lost;
  }

  @Override
  public void close() {
    session.close();
  }
}
