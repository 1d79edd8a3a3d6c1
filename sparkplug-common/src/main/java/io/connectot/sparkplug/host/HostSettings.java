// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import java.time.Duration;
import java.util.Set;

/**
 * The settings of a host application.
 *
 * @param reorderTimeout how long a missing sequence number is waited for
 * @param rebirthMinInterval the shortest time between two rebirth requests to one edge node
 * @param nodeSilence after which time without a message an edge node counts as dead; zero for never
 * @param rebirthOn what makes it request a rebirth; empty for a host that must not send commands
 * @param rebirthAfterLoss whether it also requests the rebirth of every edge node after the
 *     connection to its broker was lost, because its values count as BAD since
 */
public record HostSettings(
    Duration reorderTimeout,
    Duration rebirthMinInterval,
    Duration nodeSilence,
    Set<RebirthTrigger> rebirthOn,
    boolean rebirthAfterLoss) {
  public HostSettings {
    rebirthOn = Set.copyOf(rebirthOn);
  }
}
