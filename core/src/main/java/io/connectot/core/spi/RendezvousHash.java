// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Rendezvous hashing: assigns names to numbered buckets. Every worker computes the same assignment,
 * and a change of the number of buckets moves few names.
 */
public final class RendezvousHash {
  private RendezvousHash() {}

  /**
   * The bucket of a name: the one with the highest score.
   *
   * @param buckets at least 1
   * @return from 0
   */
  public static int bucket(String name, int buckets) {
    int best = 0;
    long bestScore = -1;
    for (int bucket = 0; bucket < buckets; bucket++) {
      long score = score(name, bucket);
      if (score > bestScore) {
        best = bucket;
        bestScore = score;
      }
    }
    return best;
  }

  /** The score of a name in a bucket, not negative. */
  public static long score(String name, int bucket) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    // A CRC is linear: without mixing, the scores in two buckets would differ by a constant.
    long mixed = (crc.getValue() << 20 ^ bucket) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (mixed ^ mixed >>> 32) >>> 1;
  }
}
