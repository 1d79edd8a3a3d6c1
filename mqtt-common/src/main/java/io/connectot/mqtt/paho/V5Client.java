// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.mqtt.socket.BrokerSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.client.internal.MqttConnectionState;
import org.eclipse.paho.mqttv5.client.internal.MqttSessionState;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client for MQTT 5, over the {@link BrokerSocket} of a transport. */
final class V5Client extends MqttAsyncClient {
  /** Paho validates the address only; the socket connects. */
  private static final String ADDRESS = "tcp://broker";

  private final PahoTransport<?> transport;
  private final Pings pings;

  /**
   * Paho's negotiated limits with two defects corrected: it confuses its own packet size limit with
   * the broker's, and uses topic aliases unasked.
   */
  private final MqttConnectionState connectionState;

  V5Client(String clientId, PahoTransport<?> transport, PahoThreads threads) throws MqttException {
    this(clientId, transport, threads, new MemoryPersistence(), new Pings(new PingTimer(threads)));
  }

  private V5Client(
      String clientId,
      PahoTransport<?> transport,
      PahoThreads threads,
      MemoryPersistence persistence,
      Pings pings)
      throws MqttException {
    super(ADDRESS, clientId, persistence, pings, threads);
    this.transport = transport;
    this.pings = pings;
    this.connectionState = new MqttConnectionState(clientId);
    MqttSessionState session = new MqttSessionState();
    session.setClientId(clientId);
    persistence.open(clientId);
    comms = new ClientComms(this, persistence, pings, threads, session, connectionState);
    persistence.close();
  }

  /** Adopts the server keep alive. */
  void setKeepAlive(int seconds) {
    connectionState.setKeepAliveSeconds(seconds);
    pings.start();
  }

  /** Paho sees only the packets it reads itself and would assume a dead connection. */
  void bytesArrived() {
    comms.getClientState().notifyReceivedBytes(1);
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) {
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
    private ClientComms comms; // set before any thread starts

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
