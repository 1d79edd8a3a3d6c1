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
 * A connector under test with everything around it: what it is connected to, the network in
 * between, senders of numbers, and somebody at the other end who counts. Its methods are for one
 * thread, but for {@link #arrived} and {@link #ledger}.
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
   * @param title what the table calls it
   * @param name of the connector and of its Kafka topic
   * @param senders how many there are
   * @param first the number that all begin with
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

  /** The connector and its Kafka topic; states and gaps are in {@code <name>.status}. */
  final String name() {
    return name;
  }

  final int senders() {
    return next.length;
  }

  /** The book of this phase. */
  final Ledger ledger() {
    return ledger;
  }

  /** What a sender would send next, before a phase begins. */
  final int next(int sender) {
    return next[sender];
  }

  /** The Kafka topics, which are there before the connector is. */
  abstract List<NewTopic> topics();

  /** Whether nothing may be missing, be it told or not. */
  abstract boolean keepsEverything();

  /** How long a number stands: by so much a gap may be shorter than what is missing. */
  abstract Duration period();

  /** What the connector is configured with; may be changed. */
  abstract Map<String, String> config();

  /** Changes the configuration as an operator might while the connector runs. */
  abstract void reconfigure();

  /** How many tasks run. */
  final int tasks() {
    return Integer.parseInt(config().get("tasks.max"));
  }

  abstract TcpProxy network();

  abstract OtherSide otherSide();

  /** Waits until what is sent from now on has to arrive; the connector runs already. */
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

  /** Something of a sender has arrived. */
  final void arrived(int sender) {
    synchronized (heard) {
      heard.set(sender);
    }
  }

  /** Begins a phase: numbers are sent from now on. */
  final void begin(WorkerClock clock) {
    ledger = new Ledger(next, clock, period());
    startSending();
  }

  /** Ends sending; returns when everything is in the hands of those who have to keep it. */
  final void end() {
    stopSending();
    next = ledger.next();
  }

  abstract void startSending();

  abstract void stopSending();

  @Override
  public abstract void close();
}
