// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.List;

/**
 * A driver for a protocol in which the device speaks first.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface StreamingDriver<E, A> extends Driver<E, A> {

  /** Makes a session for the devices behind one endpoint. Opens nothing and does not block. */
  StreamingSession newSession(String endpoint, List<Device<E>> devices, List<Tag<A>> tags);
}
