// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.IOException;

/** A measured process that runs. For one thread. */
public interface MeasuredProcess extends AutoCloseable {
  long pid();

  /** The number of values delivered so far. */
  long values() throws IOException, InterruptedException;

  @Override
  void close();
}
