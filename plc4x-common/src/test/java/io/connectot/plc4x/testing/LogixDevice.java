// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.util.Map;

/** A Logix controller with a DINT for each tag. */
public abstract class LogixDevice extends PeerDevice {
  protected final LogixTags tags;

  /**
   * Starts the controller.
   *
   * @param connected whether it accepts CIP connections, which the driver {@code logix} opens and
   *     the driver {@code eip} does not
   */
  protected LogixDevice(boolean connected, Map<String, String> keys) throws Exception {
    this(dints(), connected, keys);
  }

  private LogixDevice(LogixTags tags, boolean connected, Map<String, String> keys)
      throws Exception {
    this(tags, new LogixServer(tags, connected), connected ? "logix" : "eip", keys);
  }

  private LogixDevice(LogixTags tags, LogixServer server, String driver, Map<String, String> keys)
      throws Exception {
    super(server, server.url(driver), keys);
    this.tags = tags;
  }

  private static LogixTags dints() {
    LogixTags tags = new LogixTags();
    TAGS.forEach(tag -> tags.addDint(tag, 0));
    return tags;
  }

  @Override
  protected final String address(String tag) {
    return tag + ":DINT";
  }

  @Override
  public void set(String tag, int value) {
    tags.data(tag).putInt(0, value);
  }
}
