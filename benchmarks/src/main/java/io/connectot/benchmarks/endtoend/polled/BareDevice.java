// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import java.io.IOException;

/** One device, read with the protocol library only. For one thread. */
interface BareDevice extends AutoCloseable {
  /** Reads all values. */
  Scan read() throws Exception;

  @Override
  void close() throws IOException;
}
