// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.mqtt.socket.BrokerSocket;
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

/** Paho's client for MQTT 3.1.1, over the {@link BrokerSocket} of a transport. */
final class V3Client extends MqttAsyncClient {
  /** Paho validates the address only; the socket connects. */
  private static final String ADDRESS = "tcp://broker";

  private final PahoTransport<?> transport;

  V3Client(String clientId, PahoTransport<?> transport, PahoThreads threads) throws MqttException {
    super(ADDRESS, clientId, new MemoryPersistence(), new Pings(new PingTimer(threads)), threads);
    this.transport = transport;
  }

  /** Paho sees only the packets it reads itself and would assume a dead connection. */
  void bytesArrived() {
    comms.getClientState().notifyReceivedBytes(1);
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) {
    return new NetworkModule[] {new WireModule(transport)};
  }

  private record WireModule(PahoTransport<?> transport) implements NetworkModule {
    @Override
    public void start() throws IOException {
      transport.open();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return transport.socket().in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return transport.socket().out();
    }

    @Override
    public void stop() {
      transport.socket().abandon();
    }

    @Override
    public String getServerURI() {
      return transport.socket().broker().toString();
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
