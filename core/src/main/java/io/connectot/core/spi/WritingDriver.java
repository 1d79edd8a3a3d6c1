// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.List;
import java.util.Map;

/**
 * A driver for a protocol whose devices can be written to. It reads the same device and tag lines
 * as the protocol's source.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface WritingDriver<E, A> extends Driver<E, A> {

  /**
   * Makes a session for one attempt to connect to an endpoint. Opens nothing and does not block.
   *
   * @param devices the devices of this task behind the endpoint, each with the tags that may be
   *     written and those that conditions of writes are about, in the order of the configuration
   */
  WritingSession<E, A> newWritingSession(String endpoint, Map<Device<E>, List<Tag<A>>> devices);

  @Override
  default void testConnection(Device<E> device) throws ProtocolException {
    try (WritingSession<E, A> session =
        newWritingSession(device.endpoint(), Map.of(device, List.of()))) {
      session.open(cause -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
