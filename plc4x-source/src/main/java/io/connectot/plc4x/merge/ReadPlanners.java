// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

/** Which planner a driver needs. */
public final class ReadPlanners {
  private ReadPlanners() {}

  /**
   * The planner for a driver.
   *
   * @param driver the code of the driver, e.g. {@code s7-light}
   * @param maxGapBytes how many bytes that no tag asks for a read may go over
   */
  public static ReadPlanner of(String driver, int maxGapBytes) {
    return switch (driver) {
      case "s7", "s7-light" -> new S7ReadPlanner(maxGapBytes, S7ReadPlanner.FITS_EVERY_PACKET);
      default -> ReadPlanner.SINGLE;
    };
  }
}
