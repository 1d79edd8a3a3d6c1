// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.core.testing.FreePorts;
import io.connectot.mqtt.testing.Packets;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A broker for one client of MQTT 5, with a device that publishes its values. It keeps the session,
 * and counts what is not acknowledged. Thread-safe: every method is guarded by this.
 */
final class ContractBroker implements StreamingDeviceHarness {
  private static final int CONNECT = 1;
  private static final int PUBACK = 4;
  private static final int SUBSCRIBE = 8;
  private static final int UNSUBSCRIBE = 10;
  private static final int PINGREQ = 12;
  private static final int MAX_IN_FLIGHT = 100;
  private static final int MAX_QUEUED = 5000;

  /** A message of the session. */
  private record Publication(String tag, String payload) {}

  private final Map<String, Integer> values = new TreeMap<>();
  private final Map<Integer, Publication> inFlight = new LinkedHashMap<>();
  private final ArrayDeque<Publication> queue = new ArrayDeque<>();
  private final int port = FreePorts.next();
  private ServerSocket server; // null while away
  private Socket client; // null while nobody is connected
  private boolean subscribed;
  private int lastPacketId;

  @Override
  public synchronized Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + port);
    props.put("mqtt.client.id", "contract");
    props.put("subscriptions.all", "press/+ format=measurement value=/v quality=/q");
    props.put("quality.on.disconnect", "true");
    return props;
  }

  @Override
  public synchronized void start() throws IOException {
    server = FreePorts.listen(port);
    ServerSocket accepting = server;
    run("contract-broker", () -> accept(accepting));
    // The device publishes its values when it is there again.
    for (Map.Entry<String, Integer> value : values.entrySet()) {
      publish(value.getKey(), good(value.getValue()));
    }
  }

  private static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket accepting) {
    while (!accepting.isClosed()) {
      try {
        Socket socket = accepting.accept();
        run("contract-broker-client", () -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        int type = in.readUnsignedByte() >> 4;
        byte[] body = new byte[length(in)];
        in.readFully(body);
        handle(socket, type, body);
      }
    } catch (IOException e) {
      gone(socket);
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    return length;
  }

  private synchronized void gone(Socket socket) {
    if (client == socket) {
      client = null;
    }
  }

  private synchronized void handle(Socket socket, int type, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (type) {
      case CONNECT -> {
        client = socket;
        out.write(Packets.connack(5, subscribed, 0));
        for (Map.Entry<Integer, Publication> message : inFlight.entrySet()) {
          send(message.getKey(), message.getValue(), true);
        }
        sendQueued();
      }
      case SUBSCRIBE -> {
        out.write(new byte[] {(byte) 0x90, 4, body[0], body[1], 0, 1});
        if (!subscribed) {
          subscribed = true;
          values.forEach((tag, value) -> publish(tag, good(value)));
        }
      }
      case UNSUBSCRIBE -> out.write(new byte[] {(byte) 0xB0, 4, body[0], body[1], 0, 0});
      case PUBACK -> {
        inFlight.remove(((body[0] & 0xFF) << 8) | (body[1] & 0xFF));
        sendQueued();
      }
      case PINGREQ -> out.write(new byte[] {(byte) 0xD0, 0});
      default -> socket.close();
    }
    out.flush();
  }

  private void publish(String tag, String payload) {
    if (subscribed && queue.size() < MAX_QUEUED) {
      queue.add(new Publication(tag, payload));
      try {
        sendQueued();
      } catch (IOException e) {
        client = null;
      }
    }
  }

  private void sendQueued() throws IOException {
    while (client != null && inFlight.size() < MAX_IN_FLIGHT && !queue.isEmpty()) {
      Publication next = queue.remove();
      do {
        lastPacketId = lastPacketId % 65_535 + 1;
      } while (inFlight.containsKey(lastPacketId));
      inFlight.put(lastPacketId, next);
      send(lastPacketId, next, false);
    }
  }

  private void send(int packetId, Publication message, boolean again) throws IOException {
    client
        .getOutputStream()
        .write(Packets.publish(5, 1, again, packetId, DEVICE + "/" + message.tag, message.payload));
  }

  private static String good(int value) {
    return "{\"v\":" + value + ",\"q\":\"good\"}";
  }

  @Override
  public synchronized void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public synchronized void set(String tag, int value) {
    values.put(tag, value);
    publish(tag, good(value));
  }

  @Override
  public synchronized void breakTag(String tag) {
    publish(tag, "{\"v\":null,\"q\":\"bad\"}");
  }

  @Override
  public synchronized void mendTag(String tag) {
    publish(tag, good(values.get(tag)));
  }

  @Override
  public synchronized OptionalInt connections() {
    return OptionalInt.of(client == null ? 0 : 1);
  }

  @Override
  public synchronized int unacknowledged() {
    return inFlight.size() + queue.size();
  }

  @Override
  public void dispose() throws IOException {
    stop();
  }
}
