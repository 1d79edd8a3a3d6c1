// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Blocks in which every tag failed with exception 4. They are read as a whole for a while, so that
 * their values return as soon as the device recovers. For one thread at a time.
 */
final class FailingBlocks {
  private static final String FAILURE = ModbusExceptionCode.SERVER_DEVICE_FAILURE.toString();

  private final RefusedAddresses refused;
  private final long recheckNanos;

  /** The first tags of the blocks. */
  private final Set<PlannedTag> blocks = new HashSet<>();

  private long untilTick;

  FailingBlocks(RefusedAddresses refused, long recheckNanos) {
    this.refused = refused;
    this.recheckNanos = recheckNanos;
  }

  /**
   * Judges a block that was read in parts. Some devices answer undefined addresses with exception
   * 4, which otherwise means that the device as a whole failed. If a part of the block can be read,
   * the failed tags count as refused.
   */
  void judge(Block block, ScanResults results, long tick) {
    List<PlannedTag> failed = new ArrayList<>();
    boolean anyRead = false;
    for (PlannedTag planned : block.tags()) {
      Measurement result = results.of(planned);
      anyRead |= result.quality() != Quality.BAD;
      if (FAILURE.equals(result.status())) {
        failed.add(planned);
      }
    }
    if (anyRead) {
      failed.forEach(planned -> refused.refuse(planned, FAILURE, tick));
    } else if (!failed.isEmpty()) {
      blocks.add(block.tags().get(0));
      untilTick = tick + recheckNanos;
    }
  }

  boolean contains(Block block) {
    return blocks.contains(block.tags().get(0));
  }

  /** Forgets the blocks once they are due. */
  void forgetDue(long tick) {
    if (untilTick - tick <= 0) {
      blocks.clear();
    }
  }

  void clear() {
    blocks.clear();
  }
}
