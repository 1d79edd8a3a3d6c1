// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import java.time.Instant;

/**
 * What happened to a device since the console began to read. Immutable.
 *
 * @param outages how often it went OFFLINE
 * @param reconnects how often it came ONLINE after that
 * @param gaps how many gaps it has that history did not fill, of itself or of single tags
 * @param lastGap the end of the newest of them; null without one
 */
public record DeviceHistory(long outages, long reconnects, long gaps, Instant lastGap) {
  /** Nothing has happened. */
  public static final DeviceHistory NONE = new DeviceHistory(0, 0, 0, null);

  /** The same after a change of state. */
  DeviceHistory changed(String before, String now) {
    boolean lost = now.equals("OFFLINE") && !before.equals("OFFLINE");
    boolean back = now.equals("ONLINE") && before.equals("OFFLINE");
    return new DeviceHistory(outages + (lost ? 1 : 0), reconnects + (back ? 1 : 0), gaps, lastGap);
  }

  /** The same after another gap. */
  DeviceHistory withGap(Instant end) {
    return new DeviceHistory(
        outages, reconnects, gaps + 1, lastGap == null || end.isAfter(lastGap) ? end : lastGap);
  }
}
