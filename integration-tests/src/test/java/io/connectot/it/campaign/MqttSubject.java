// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the MQTT connectors have in common: a broker, and payloads with a number each. */
abstract class MqttSubject extends Subject {
  static final int SENDERS = 4;

  private final TcpProxy network;
  private final OtherSide otherSide;

  /**
   * @param broker which runs
   */
  MqttSubject(String title, String name, MqttBroker broker, OtherSide otherSide) {
    super(title, name, SENDERS, 0);
    this.network = new TcpProxy(broker.port());
    this.otherSide = otherSide;
  }

  /** A broker as the other side of several connectors. */
  static OtherSide otherSide(MqttBroker broker) {
    return new OtherSide() {
      @Override
      public void kill() {
        // After SIGKILL one message was missing in one of five runs; whether the broker had stored
        // what it confirmed is not known, so that is not promised here.
        broker.stop();
      }

      @Override
      public void start() {
        broker.start();
      }
    };
  }

  /** Counts what {@link Sequences#payload} made. */
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
