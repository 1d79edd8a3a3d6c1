// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.TcpProxy;
import io.connectot.plc4x.testing.S7Server;
import java.util.Map;

/** Words of a data block of an S7 controller. */
final class S7Subject extends PolledSubject {
  private static final String BLOCK = "DB1";

  /** Updated by the ticker and killed by another thread: guarded by itself. */
  private final S7Server controller;

  private final TcpProxy network;
  private boolean down; // guarded by the controller

  S7Subject(String servers, String name) {
    super("PLC4X (S7)", servers, name, "io.connectot.plc4x.Plc4xSourceConnector");
    this.controller = S7Server.start(Map.of(BLOCK, new byte[2 * (SENDERS + 1)]));
    this.network = new TcpProxy(controller.port());
    config().put("plc4x.connect.timeout.ms", "2000");
    config().put("plc4x.request.timeout.ms", "1000");
    config().put("devices.plc", "s7-light://127.0.0.1:" + network.port());
    for (int sender = 0; sender < SENDERS; sender++) {
      config().put("tags.C" + sender, address(sender));
    }
  }

  private static String address(int word) {
    return "%" + BLOCK + ".DBW" + 2 * word + ":INT";
  }

  @Override
  String spareAddress() {
    return address(SENDERS);
  }

  @Override
  void turn(int sender, int number) {
    synchronized (controller) {
      controller.memory(BLOCK).putShort(2 * sender, (short) number);
    }
  }

  @Override
  void turned() {
    synchronized (controller) {
      if (!down) {
        controller.update(BLOCK);
      }
    }
  }

  @Override
  public void kill() {
    synchronized (controller) {
      down = true;
      controller.kill();
    }
  }

  @Override
  public void start() {
    synchronized (controller) {
      controller.restart();
      down = false;
    }
  }

  @Override
  TcpProxy network() {
    return network;
  }

  @Override
  public void close() {
    super.close();
    network.close();
    controller.close();
  }
}
