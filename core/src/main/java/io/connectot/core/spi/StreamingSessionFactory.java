// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Opens the sessions of a protocol in which the device speaks first. Thread-safe.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface StreamingSessionFactory<E, A> extends SessionFactory<E, A> {

  /**
   * Makes a session. Opens nothing and does not block. After a loss of the connection a new one is
   * made; what it needs to know of the last one the driver keeps, by endpoint and part. A task has
   * a driver of its own.
   *
   * @param endpoint the endpoint
   * @param devices the devices of this connector behind it, each with its tags, in the order of the
   *     configuration
   * @param context the task it runs in
   */
  StreamingSession newSession(
      String endpoint, Map<Device<E>, List<Tag<A>>> devices, StreamContext context);

  /** Whether several sessions may share an endpoint, each reading a part of its tags. */
  default boolean splitsEndpoints() {
    return false;
  }

  /**
   * The devices whose status is that of the connection: ONLINE while it is up, else OFFLINE. Those
   * behind the endpoint, by its first part, so that a status has one writer; unless every part of
   * it counts as a device of its own.
   *
   * @param devices those behind the endpoint
   */
  default List<Device<E>> statusDevices(List<Device<E>> devices, EndpointPart part) {
    return part.index() == 0 ? devices : List.of();
  }

  /**
   * Parts of an earlier configuration that this one does not have. Each gets a session, which ends
   * what the part left behind, until it calls {@link StreamSink#finished}. A failure of such a
   * session does not fail the task.
   *
   * @param context of the part that runs these sessions
   */
  default List<EndpointPart> formerParts(String endpoint, StreamContext context) {
    return List.of();
  }

  /**
   * Whether nothing of a connection is acknowledged before everything that earlier connections
   * delivered is in Kafka: for a field in which one acknowledgement covers everything before it.
   */
  default boolean ordersAcrossConnections() {
    return true;
  }

  /** How often {@link StreamingSession#tick} is called; zero for never. */
  default Duration tickInterval() {
    return Duration.ZERO;
  }

  /**
   * How long a task that stops waits for Kafka to confirm what it was given, so that it can still
   * be acknowledged, before the sessions close. While it waits, {@link StreamSink#deliver} accepts
   * nothing.
   */
  default Duration drainTimeout() {
    return Duration.ZERO;
  }

  /**
   * Whether every value comes to Kafka exactly once when the worker stores offsets together with
   * records: sessions go on from {@link io.connectot.core.model.SourcePosition}s, and deliver
   * nothing twice.
   */
  default boolean exactlyOnce() {
    return false;
  }
}
