// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection, for one attempt: it is opened once and, when it fails, dropped. All methods are
 * for its owner's thread, except {@link #kill}.
 *
 * <p>{@link #open} and {@link #close} may block without end, because drivers do; only {@link #kill}
 * and an interrupt end them.
 */
public interface PlcLink extends AutoCloseable {
  /**
   * Connects.
   *
   * @param limit how long the host may take to accept a connection; the driver's own handshake is
   *     not limited
   */
  void open(Duration limit) throws PlcFailure, InterruptedException;

  /** What the driver says it can do; known before it is open. */
  Capabilities capabilities();

  /** Whether the driver still has its connection. */
  boolean isConnected();

  /** Prepares a request for several addresses, to be executed again and again. */
  PlcRead prepare(List<PlcAddress> addresses) throws PlcFailure;

  /** Closes the connection in an orderly manner. */
  @Override
  void close();

  /** Takes the ground from under the driver: socket and threads go. For any thread; no waiting. */
  void kill();

  /**
   * Subscribes to values.
   *
   * @param tags what is wanted
   * @param sink gets the values, on threads of the driver, until the link is closed; it may block
   * @return the code of each subscription, in their order
   * @throws TimeoutException when there was no answer in time
   */
  List<ReplyCode> subscribe(List<Subscription> tags, Consumer<PlcEvent> sink, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException;

  /**
   * Asks what there is to read.
   *
   * @param query in the driver's own form
   * @throws TimeoutException when there was no answer in time
   */
  List<BrowsedTag> browse(String query, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException;

  /**
   * One wanted subscription.
   *
   * @param interval of a cyclic one
   */
  record Subscription(PlcAddress address, SubscriptionKind kind, Duration interval) {}

  /** When a subscription delivers. */
  enum SubscriptionKind {
    /** At an interval. */
    CYCLIC,
    /** When a value changes. */
    CHANGE,
    /** When the device has something to say. */
    EVENT
  }

  /**
   * What a subscription delivered.
   *
   * @param timestamp the device's or driver's time; null when it says none
   * @param values by the index of the subscription
   */
  record PlcEvent(Instant timestamp, Map<Integer, PlcReply> values) {}

  /**
   * A tag that was found.
   *
   * @param name as the device calls it
   */
  record BrowsedTag(String name, PlcAddress address) {}

  /** A prepared request. */
  @FunctionalInterface
  interface PlcRead {
    /**
     * Reads.
     *
     * @param limit the longest time it may take
     * @return one reply an address, in their order
     * @throws TimeoutException when there was no answer in time; the link is not fit for use then
     */
    List<PlcReply> execute(Duration limit)
        throws PlcFailure, TimeoutException, InterruptedException;
  }
}
