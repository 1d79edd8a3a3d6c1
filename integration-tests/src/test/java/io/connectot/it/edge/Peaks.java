// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import java.io.IOException;

/** The largest sizes of a box that were seen in memory and on the disk. For one thread. */
final class Peaks {
  private final EdgeBox box;
  private long memory;
  private long disk;

  Peaks(EdgeBox box) {
    this.box = box;
  }

  /** Measures. */
  void sample() throws IOException {
    memory = Math.max(memory, box.memory());
    disk = Math.max(disk, box.disk());
  }

  /** The resident memory of all processes together, in bytes. */
  long memory() {
    return memory;
  }

  /** The size of Kafka's files, in bytes. */
  long disk() {
    return disk;
  }
}
