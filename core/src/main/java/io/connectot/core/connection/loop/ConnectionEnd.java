// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import io.connectot.core.spi.ProtocolException;

/** Is notified when one connection is over. Thread-safe; only the first call counts. */
public interface ConnectionEnd {

  /** It is lost. The next attempt follows after a pause, unless the cause is fatal. */
  void lost(ProtocolException cause);

  /** This side wants it to end. The next attempt follows without a pause. */
  void dropped(ProtocolException cause);

  /** It is not needed any more, and no other follows. */
  void finished();
}
