// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the tags that a device does not answer at all, while it answers others. Blocks that stay
 * silent in two scans in a row are examined in halves, over several scans, because each silent
 * request costs a timeout. For one thread at a time.
 */
final class SilentTags {
  private static final int SCANS_UNTIL_EXAMINED = 2;

  /** How often in a row the block that begins with a tag was silent. */
  private final Map<PlannedTag, Integer> silences = new HashMap<>();

  private final Deque<Part> parts = new ArrayDeque<>();

  /** A part of a silent block that has not been read by itself. */
  static final class Part {
    private final Block block;
    private final Part parent;
    private int answeredHalves;

    private Part(Block block, Part parent) {
      this.block = block;
      this.parent = parent;
    }

    Block block() {
      return block;
    }

    /**
     * Records that this part was answered.
     *
     * @return the block of which both halves were answered although it was silent itself; null when
     *     there is none
     */
    Block answered() {
      if (parent == null) {
        return null;
      }
      parent.answeredHalves++;
      return parent.answeredHalves == 2 ? parent.block : null;
    }
  }

  /**
   * Records that a block was silent.
   *
   * @return whether its tags are examined from now on
   */
  boolean silent(Block block) {
    PlannedTag first = block.tags().get(0);
    if (silences.merge(first, 1, Integer::sum) < SCANS_UNTIL_EXAMINED) {
      return false;
    }
    silences.remove(first);
    Part whole = new Part(block, null);
    if (block.tags().size() > 1) {
      split(whole);
    }
    return true;
  }

  /** Records that a block was answered. */
  void answered(Block block) {
    if (!silences.isEmpty()) {
      silences.remove(block.tags().get(0));
    }
  }

  /** The next part to read; null when there is none. */
  Part next() {
    return parts.poll();
  }

  /** Examines a part later. */
  void putBack(Part part) {
    parts.addFirst(part);
  }

  /** Examines the halves of a silent part next. */
  void split(Part part) {
    Block block = part.block();
    int size = block.tags().size();
    parts.addFirst(new Part(block.part(size / 2, size), part));
    parts.addFirst(new Part(block.part(0, size / 2), part));
  }

  /** Forgets everything. */
  void clear() {
    silences.clear();
    parts.clear();
  }
}
