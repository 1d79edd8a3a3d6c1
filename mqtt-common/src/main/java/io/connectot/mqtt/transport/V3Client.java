// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client for MQTT 3.1.1, over a {@link Wire}. */
final class V3Client extends MqttAsyncClient {
  /** Only looked at; the wire knows where the broker is. */
  private static final String ADDRESS = "tcp://wire";

  private final Wire wire;

  V3Client(String clientId, Wire wire, LibraryThreads threads) throws MqttException {
    super(ADDRESS, clientId, new MemoryPersistence(), new Pings(new PingTimer(threads)), threads);
    this.wire = wire;
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) {
    return new NetworkModule[] {new WireModule(wire)};
  }

  private record WireModule(Wire wire) implements NetworkModule {
    @Override
    public void start() throws IOException {
      wire.open();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return wire.in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return wire.out();
    }

    @Override
    public void stop() {
      wire.abandon();
    }

    @Override
    public String getServerURI() {
      return wire.broker().toString();
    }
  }

  private static final class Pings implements MqttPingSender {
    private final PingTimer timer;
    private ClientComms comms; // set once, before any thread starts

    Pings(PingTimer timer) {
      this.timer = timer;
    }

    @Override
    public void init(ClientComms clientComms) {
      comms = clientComms;
    }

    @Override
    public void start() {
      schedule(comms.getKeepAlive());
    }

    @Override
    public void stop() {
      timer.stop();
    }

    @Override
    public void schedule(long delayMillis) {
      timer.schedule(comms::checkForActivity, delayMillis);
    }
  }
}
