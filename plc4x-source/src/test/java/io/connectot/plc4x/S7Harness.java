// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.contract.DeviceHarness;
import io.connectot.plc4x.testing.S7Line;
import io.connectot.plc4x.testing.S7Server;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** An S7 controller with a data block for each tag. */
final class S7Harness implements DeviceHarness {
  /** With these keys a source notices within seconds that a controller is silent. */
  static final Map<String, String> TIMING =
      Map.of(
          "plc4x.connect.timeout.ms", "2000",
          "plc4x.request.timeout.ms", "1000",
          "plc4x.recheck.ms", "1000");

  private final S7Server server;
  private final S7Line line;

  /** The values of the tags: they outlive their blocks. */
  private final Map<String, byte[]> blocks = new TreeMap<>();

  S7Harness() {
    for (String tag : TAGS) {
      blocks.put(block(tag), new byte[2]);
    }
    this.server = S7Server.startOrSkip(blocks);
    this.line = S7Line.to(server.port());
    line.unplug();
  }

  /** What connects it with the task. */
  S7Line line() {
    return line;
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>(TIMING);
    props.put("devices." + DEVICE, "s7-light://127.0.0.1:" + line.port());
    for (String tag : TAGS) {
      props.put("tags." + tag, "%" + block(tag) + ".DBW0:INT");
    }
    return props;
  }

  @Override
  public void start() {
    line.set(S7Line.Mode.WORKS);
    line.unplug();
    line.plug();
  }

  @Override
  public void stop() {
    line.unplug();
  }

  @Override
  public void hang() {
    line.set(S7Line.Mode.SILENT);
  }

  @Override
  public void set(String tag, int value) {
    server.memory(block(tag)).putShort(0, (short) value);
    server.update(block(tag));
  }

  @Override
  public void breakTag(String tag) {
    blocks.put(block(tag), server.memory(block(tag)).array().clone());
    server.remove(block(tag));
  }

  @Override
  public void mendTag(String tag) {
    server.add(block(tag), blocks.get(block(tag)));
  }

  @Override
  public OptionalInt connections() {
    return OptionalInt.of(line.openConnections());
  }

  @Override
  public void dispose() {
    line.close();
    server.close();
  }

  private static String block(String tag) {
    return "DB" + (1 + TAGS.indexOf(tag));
  }
}
