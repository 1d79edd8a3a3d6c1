// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tally in memory, with the network it hangs in: answers, and sends every change as a message
 * that it keeps until it is acknowledged. All state is guarded by its monitor.
 */
final class TallyDevice {
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
  private final boolean sends;
  private final Map<Integer, OptionalLong> counts = new TreeMap<>();
  private final Map<Integer, OptionalLong> broken = new TreeMap<>();
  private final ArrayDeque<Message> unacknowledged = new ArrayDeque<>();
  private final List<TallyConnection> connections = new ArrayList<>();
  private final Map<Integer, List<Long>> written = new TreeMap<>();
  private final Set<Integer> locked = new HashSet<>();
  private boolean cutsNextWrite;
  private Power power = Power.OFF;
  private long lastMessage;
  private int requests;
  private int mostRequests;

  /**
   * @param sends whether it sends its counts, instead of being asked for them
   */
  TallyDevice(boolean sends) {
    this.sends = sends;
    NETWORK.put(host, this);
  }

  /** Its name in the network. */
  String host() {
    return host;
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
    if (sends) {
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

  synchronized boolean take(TallyConnection connection, int counter, long count, Duration timeout)
      throws IOException {
    if (!connection.isOpen()) {
      throw new IOException("connection closed");
    }
    boolean takes = !locked.contains(counter);
    if (takes) {
      written.computeIfAbsent(counter, unused -> new ArrayList<>()).add(count);
      change(counter, OptionalLong.of(count));
    }
    if (cutsNextWrite) {
      cutsNextWrite = false;
      connection.close();
    }
    answer(connection, counter, timeout);
    return takes;
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
    if (sends && power == Power.ON) {
      Message message = message(Map.of(counter, count));
      connections.forEach(connection -> connection.receive(message));
    }
    notifyAll();
  }

  /** Carries out the next write, and cuts the connection instead of an answer. */
  synchronized void cutNextWrite() {
    cutsNextWrite = true;
  }

  /** Answers every write of a counter with an error from now on. */
  synchronized void lock(int counter) {
    locked.add(counter);
  }

  synchronized OptionalLong count(int counter) {
    return counts.getOrDefault(counter, OptionalLong.empty());
  }

  /** What was written to a counter so far. */
  synchronized List<Long> written(int counter) {
    return List.copyOf(written.getOrDefault(counter, List.of()));
  }

  synchronized void start() {
    power = Power.ON;
    notifyAll();
  }

  synchronized void stop() {
    power = Power.OFF;
    connections.forEach(TallyConnection::close);
    connections.clear();
  }

  synchronized void hang() {
    power = Power.HANGING;
  }

  synchronized void set(int counter, long count) {
    change(counter, OptionalLong.of(count));
  }

  /** Takes a counter away until {@link #mend}. */
  synchronized void breakCounter(int counter) {
    broken.put(counter, counts.get(counter));
    change(counter, OptionalLong.empty());
  }

  synchronized void mend(int counter) {
    change(counter, broken.remove(counter));
  }

  synchronized int connections() {
    connections.removeIf(connection -> !connection.isOpen());
    return connections.size();
  }

  synchronized int mostConcurrentRequests() {
    return mostRequests;
  }

  synchronized int unacknowledged() {
    return unacknowledged.size();
  }

  /** Takes it off the network for good. */
  void remove() {
    stop();
    NETWORK.remove(host);
  }
}
