// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Common part of the MQTT connectors: a broker, and payloads that each contain a number. */
abstract class MqttSubject extends Subject implements MqttTap.Listener {
  static final int SENDERS = 4;

  private final TcpProxy network;
  private final OtherSide otherSide;

  /**
   * @param broker the running broker
   */
  MqttSubject(String title, String name, MqttBroker broker, OtherSide otherSide) {
    super(title, name, SENDERS, 0);
    this.network = new TcpProxy(broker.port(), () -> new MqttTap(this));
    this.otherSide = otherSide;
  }

  /** A broker that is the peer of several connectors. */
  static OtherSide otherSide(MqttBroker broker) {
    return new CrashingSide() {
      @Override
      public void kill() {
        broker.stop();
      }

      @Override
      public void crash() {
        broker.kill();
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
  public final void acknowledged(byte[] payload) {
    String[] parts = new String(payload, StandardCharsets.US_ASCII).split(":", -1);
    Ledger ledger = ledger();
    if (ledger != null && !parts[1].equals("probe")) {
      ledger.acknowledged(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  @Override
  public final void sessionDiscarded() {
    Ledger ledger = ledger();
    if (ledger != null) {
      ledger.sessionDiscarded();
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
