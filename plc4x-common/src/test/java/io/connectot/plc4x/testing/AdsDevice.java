// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.util.Map;

/** A TwinCAT controller with an INT for each tag. */
public abstract class AdsDevice extends PeerDevice {
  protected final AdsProgram program;
  protected final AdsServer server;

  protected AdsDevice(Map<String, String> keys) throws Exception {
    this(program(), keys);
  }

  private AdsDevice(AdsProgram program, Map<String, String> keys) throws Exception {
    this(program, new AdsServer(program), keys);
  }

  private AdsDevice(AdsProgram program, AdsServer server, Map<String, String> keys)
      throws Exception {
    super(server, server.url(), keys);
    this.program = program;
    this.server = server;
  }

  private static AdsProgram program() {
    AdsProgram program = new AdsProgram(4096);
    TAGS.forEach(tag -> program.symbol("MAIN." + tag, "INT", 2));
    return program;
  }

  @Override
  protected final String address(String tag) {
    return "MAIN." + tag;
  }

  protected final int offset(String tag) {
    return program.offset(address(tag));
  }

  @Override
  public final void set(String tag, int value) {
    program.memory().putShort(offset(tag), (short) value);
  }
}
