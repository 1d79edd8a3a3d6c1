// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.StreamingDeviceHarness;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tally in memory, with the network it hangs in: answers, and sends every change as a message
 * that it keeps until it is acknowledged. Its counters are numbered as the tags of the harness. All
 * state is guarded by its monitor.
 */
final class TallyDevice implements StreamingDeviceHarness {
  private static final Map<String, TallyDevice> NETWORK = new ConcurrentHashMap<>();
  private static final AtomicInteger HOSTS = new AtomicInteger();

  private enum Power {
    OFF,
    ON,
    /** On, but stuck. */
    HANGING
  }

  /**
   * What a tally sends.
   *
   * @param counts by counter; empty for one that is gone
   */
  record Message(long id, Map<Integer, OptionalLong> counts) {}

  private final String host = "hall" + HOSTS.incrementAndGet();
  private final String mode;
  private final Map<Integer, OptionalLong> counts = new TreeMap<>();
  private final Map<Integer, OptionalLong> broken = new TreeMap<>();
  private final ArrayDeque<Message> unacknowledged = new ArrayDeque<>();
  private final List<TallyConnection> connections = new ArrayList<>();
  private Power power = Power.OFF;
  private long lastMessage;
  private int requests;
  private int mostRequests;

  /**
   * @param mode how it is configured to be read: {@code polled}, {@code streamed} or {@code
   *     redelivered}
   */
  TallyDevice(String mode) {
    this.mode = mode;
    NETWORK.put(host, this);
  }

  /**
   * Connects to the device of a host.
   *
   * @throws IOException when there is none, or it is off
   */
  static TallyConnection connect(String host) throws IOException {
    TallyDevice device = NETWORK.get(host);
    if (device == null) {
      throw new ConnectException("no such host");
    }
    return device.accept();
  }

  private synchronized TallyConnection accept() throws IOException {
    if (power == Power.OFF) {
      throw new ConnectException("connection refused");
    }
    // What was not acknowledged comes again, and then everything as it is now.
    List<Message> first = new ArrayList<>(unacknowledged);
    if (!mode.equals("polled")) {
      first.add(message(Map.copyOf(counts)));
    }
    TallyConnection connection = new TallyConnection(this, first);
    connections.add(connection);
    return connection;
  }

  synchronized OptionalLong answer(TallyConnection connection, int counter, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    mostRequests = Math.max(mostRequests, ++requests);
    try {
      while (connection.isOpen() && power == Power.HANGING) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          throw new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
        }
        wait(millis);
      }
      if (!connection.isOpen()) {
        throw new IOException("connection closed");
      }
      return counts.getOrDefault(counter, OptionalLong.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      requests--;
    }
  }

  synchronized void forget(long message) {
    unacknowledged.removeIf(kept -> kept.id() == message);
  }

  private Message message(Map<Integer, OptionalLong> changed) {
    Message message = new Message(++lastMessage, changed);
    unacknowledged.add(message);
    return message;
  }

  private void change(int counter, OptionalLong count) {
    counts.put(counter, count);
    if (!mode.equals("polled") && power == Power.ON) {
      Message message = message(Map.of(counter, count));
      connections.forEach(connection -> connection.receive(message));
    }
    notifyAll();
  }

  @Override
  public Map<String, String> connectorProps() {
    return Map.of(
        "devices.press", "tally://" + host,
        "tags.speed", "0",
        "tags.count", "1",
        "tags.level", "2",
        "tally.mode", mode,
        "tally.timeout.ms", "200");
  }

  @Override
  public synchronized void start() {
    power = Power.ON;
    notifyAll();
  }

  @Override
  public synchronized void stop() {
    power = Power.OFF;
    connections.forEach(TallyConnection::close);
    connections.clear();
  }

  @Override
  public synchronized void hang() {
    power = Power.HANGING;
  }

  @Override
  public synchronized void set(String tag, int value) {
    change(TAGS.indexOf(tag), OptionalLong.of(value));
  }

  @Override
  public synchronized void breakTag(String tag) {
    int counter = TAGS.indexOf(tag);
    broken.put(counter, counts.get(counter));
    change(counter, OptionalLong.empty());
  }

  @Override
  public synchronized void mendTag(String tag) {
    int counter = TAGS.indexOf(tag);
    change(counter, broken.remove(counter));
  }

  @Override
  public synchronized OptionalInt connections() {
    connections.removeIf(connection -> !connection.isOpen());
    return OptionalInt.of(connections.size());
  }

  @Override
  public synchronized OptionalInt mostConcurrentRequests() {
    return OptionalInt.of(mostRequests);
  }

  @Override
  public synchronized int unacknowledged() {
    return unacknowledged.size();
  }

  @Override
  public void dispose() {
    stop();
    NETWORK.remove(host);
  }
}
