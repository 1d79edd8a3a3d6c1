// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.List;
import java.util.Map;

/**
 * A driver for a protocol in which the device speaks first.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface StreamingDriver<E, A> extends Driver<E, A> {

  /**
   * Makes a session. Opens nothing and does not block. After a loss of the connection a new one is
   * made; what it needs to know of the last one the driver keeps.
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
   * Whether every value comes to Kafka exactly once when the worker stores offsets together with
   * records: sessions go on from {@link io.connectot.core.model.SourcePosition}s, and deliver
   * nothing twice.
   */
  default boolean exactlyOnce() {
    return false;
  }
}
