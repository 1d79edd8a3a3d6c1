// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

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
        long score = RendezvousHash.score(endpoint, task);
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
}
