// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

/** The planners of the drivers. */
public final class ReadPlanners {
  private ReadPlanners() {}

  /**
   * The planner for a driver.
   *
   * @param driver the code of the driver, e.g. {@code s7-light}
   * @param maxGapBytes the most unused bytes between two tags of one read
   */
  public static ReadPlanner of(String driver, int maxGapBytes) {
    return switch (driver) {
      case "s7", "s7-light" -> new S7ReadPlanner(maxGapBytes, S7ReadPlanner.FITS_EVERY_PACKET);
      default -> ReadPlanner.SINGLE;
    };
  }
}
