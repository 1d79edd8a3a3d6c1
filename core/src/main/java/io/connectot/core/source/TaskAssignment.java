// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Which task owns which endpoint: rendezvous hashing with a bound on the load. Every worker
 * computes the same answer from names alone; adding a task moves few endpoints; no task owns more
 * than its share, rounded up.
 */
public final class TaskAssignment {
  private TaskAssignment() {}

  /**
   * Assigns endpoints to tasks.
   *
   * @param tasks at least 1
   * @return the task index of every endpoint
   */
  public static Map<String, Integer> assign(Collection<String> endpoints, int tasks) {
    TreeSet<String> sorted = new TreeSet<>(endpoints);
    int most = (sorted.size() + tasks - 1) / tasks;
    int[] load = new int[tasks];
    Map<String, Integer> owners = new HashMap<>();
    for (String endpoint : sorted) {
      int best = -1;
      long bestScore = -1;
      for (int task = 0; task < tasks; task++) {
        long score = score(endpoint, task);
        if (load[task] < most && score > bestScore) {
          best = task;
          bestScore = score;
        }
      }
      load[best]++;
      owners.put(endpoint, best);
    }
    return owners;
  }

  /**
   * Which of several parts something is of, by its name alone: with another number of parts few
   * things move.
   *
   * @param parts at least 1
   * @return from 0
   */
  public static int part(String name, int parts) {
    int best = 0;
    long bestScore = -1;
    for (int part = 0; part < parts; part++) {
      long score = score(name, part);
      if (score > bestScore) {
        best = part;
        bestScore = score;
      }
    }
    return best;
  }

  private static long score(String endpoint, int task) {
    CRC32C crc = new CRC32C();
    crc.update(endpoint.getBytes(StandardCharsets.UTF_8));
    // A CRC is linear, so two tasks' scores would differ by a constant: mix before comparing.
    long mixed = (crc.getValue() << 20 ^ task) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (mixed ^ mixed >>> 32) >>> 1;
  }
}
