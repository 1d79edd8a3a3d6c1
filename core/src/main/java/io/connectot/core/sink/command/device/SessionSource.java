// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WritingSession;
import java.util.Optional;

/** Where the session with an endpoint comes from. Thread-safe. */
public interface SessionSource<E, A> {
  /** The session; empty while there is no connection. */
  Optional<WritingSession<E, A>> session();

  /** Why there is no connection; empty while there is one, and before the first attempt failed. */
  Optional<ProtocolException> problem();
}
