// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.TcpProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A connector under test with its environment: its peer, the network between them, senders of
 * numbers, and a counter at the other end. For one thread, except {@link #arrived} and {@link
 * #ledger}, which are thread-safe.
 */
abstract class Subject implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final String title;
  private final String name;
  private final BitSet heard = new BitSet(); // guarded by itself
  private int[] next;

  /** Null before the first phase. */
  private volatile Ledger ledger;

  /**
   * @param title the name in the table
   * @param name the name of the connector and of its Kafka topic
   * @param senders the number of senders
   * @param first the first number of every sender
   */
  Subject(String title, String name, int senders, int first) {
    this.title = title;
    this.name = name;
    this.next = new int[senders];
    Arrays.fill(next, first);
  }

  final String title() {
    return title;
  }

  /**
   * The name of the connector and its Kafka topic; states are in {@code <name>.status}, gaps in
   * {@code <name>.gaps}.
   */
  final String name() {
    return name;
  }

  final int senders() {
    return next.length;
  }

  /** The ledger of this phase. */
  final Ledger ledger() {
    return ledger;
  }

  /** The next number of a sender, before a phase begins. */
  final int next(int sender) {
    return next[sender];
  }

  /** The Kafka topics, which are created before the connector. */
  abstract List<NewTopic> topics();

  /** Whether no number may be missing, reported or not. */
  abstract boolean keepsEverything();

  /** Who has to keep the numbers under way, if the peer loses what it has stored. */
  Custody custody() {
    return Custody.CONNECTOR;
  }

  /** How long a number holds, and the tolerance for gaps. */
  abstract Duration period();

  /** The connector's configuration, mutable. */
  abstract Map<String, String> config();

  /** Changes the configuration, as an operator does while the connector runs. */
  abstract void reconfigure();

  /** The number of tasks. */
  final int tasks() {
    return Integer.parseInt(config().get("tasks.max"));
  }

  abstract TcpProxy network();

  abstract OtherSide otherSide();

  /** Waits until all numbers sent later have to arrive; the connector is already running. */
  void awaitReady() {
    await("something of every sender of " + name)
        .atMost(LIMIT)
        .until(
            () -> {
              synchronized (heard) {
                return heard.cardinality() == senders();
              }
            });
  }

  /** Records that a number of a sender has arrived. */
  final void arrived(int sender) {
    synchronized (heard) {
      heard.set(sender);
    }
  }

  /** Begins a phase and starts sending numbers. */
  final void begin(WorkerClock clock) {
    ledger = new Ledger(next, clock, period());
    startSending();
  }

  /** Stops sending; returns when the peer or Kafka has confirmed everything sent. */
  final void end() {
    stopSending();
    next = ledger.next();
  }

  abstract void startSending();

  abstract void stopSending();

  @Override
  public abstract void close();
}
