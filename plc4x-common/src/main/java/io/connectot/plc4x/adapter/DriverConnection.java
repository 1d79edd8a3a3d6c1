// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection, opened once and abandoned when it fails. All methods except {@link #kill} are for
 * the owner's thread.
 *
 * <p>{@link #open} and {@link #close} may block forever, because drivers do; only {@link #kill} and
 * an interrupt end them.
 */
public interface DriverConnection extends AutoCloseable {
  /**
   * Connects.
   *
   * @param limit the time limit for the host to accept the connection; the driver's handshake is
   *     not limited
   */
  void open(Duration limit) throws DriverException, InterruptedException;

  /** What the driver supports; known before the connection is open. */
  Capabilities capabilities();

  /** Whether the driver reports the connection as open. */
  boolean isConnected();

  /** Prepares a read request that can be executed repeatedly. */
  PreparedRead prepare(List<PlcAddress> addresses) throws DriverException;

  /** What can be written to an address; for the owner of an open connection. */
  TagShape shape(PlcAddress address);

  /**
   * Prepares the write of a value. Sends nothing.
   *
   * @param value of the {@link #shape} of the address
   * @throws UnwritableValueException when the address cannot hold the value
   */
  PreparedWrite prepareWrite(PlcAddress address, RawValue value) throws UnwritableValueException;

  /**
   * Whether the addresses still mean what they meant when the connection was opened. If not, the
   * values that were read since the last answer may be of other tags.
   *
   * @throws TimeoutException when there was no answer in time
   */
  boolean isCurrent(Duration limit) throws DriverException, TimeoutException, InterruptedException;

  /** Closes the connection in an orderly way. */
  @Override
  void close();

  /** Terminates the driver's sockets and threads. Any thread; does not wait. */
  void kill();

  /**
   * Subscribes to values.
   *
   * @param tags the subscriptions
   * @param sink receives the values on the driver's threads until the connection is closed; may
   *     block
   * @return one code per subscription, in their order
   * @throws TimeoutException when there was no answer in time
   */
  List<ResponseCode> subscribe(
      List<Subscription> tags, Consumer<SubscriptionEvent> sink, Duration limit)
      throws DriverException, TimeoutException, InterruptedException;

  /**
   * Browses for readable tags.
   *
   * @param query in the driver's syntax
   * @throws TimeoutException when there was no answer in time
   */
  List<BrowsedTag> browse(String query, Duration limit)
      throws DriverException, TimeoutException, InterruptedException;

  /**
   * One subscription.
   *
   * @param interval of a cyclic subscription
   */
  record Subscription(PlcAddress address, SubscriptionKind kind, Duration interval) {}

  /** When a subscription delivers values. */
  enum SubscriptionKind {
    /** At an interval. */
    CYCLIC,
    /** When a value changes. */
    CHANGE,
    /** When the device raises an event. */
    EVENT
  }

  /**
   * The values of one notification.
   *
   * @param timestamp the time of the device or driver; null when there is none
   * @param values by the index of the subscription
   */
  record SubscriptionEvent(Instant timestamp, Map<Integer, TagResponse> values) {}

  /**
   * A tag found by browsing.
   *
   * @param name the name in the device
   */
  record BrowsedTag(String name, PlcAddress address) {}

  /** A prepared write of one value. */
  @FunctionalInterface
  interface PreparedWrite {
    /**
     * Writes, once.
     *
     * @param limit the request timeout
     * @return what the device answered
     * @throws DriverException of the kind {@link DriverException.Kind#UNSENT} when nothing was
     *     sent, and {@link DriverException.Kind#REFUSED} when the device answered with an error; of
     *     all others it is not known whether the device has the value
     * @throws TimeoutException when there was no answer in time; the connection must then be
     *     abandoned
     */
    ResponseCode execute(Duration limit)
        throws DriverException, TimeoutException, InterruptedException;
  }

  /** A prepared read request. */
  @FunctionalInterface
  interface PreparedRead {
    /**
     * Reads.
     *
     * @param limit the request timeout
     * @return one response per address, in their order
     * @throws TimeoutException when there was no answer in time; the connection must then be
     *     abandoned
     */
    List<TagResponse> execute(Duration limit)
        throws DriverException, TimeoutException, InterruptedException;
  }
}
