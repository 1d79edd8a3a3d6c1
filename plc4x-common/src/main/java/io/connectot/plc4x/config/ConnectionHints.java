// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

/** What to check when a device does not connect or denies access, by driver. */
public final class ConnectionHints {
  private ConnectionHints() {}

  /** What to check when no connection is established. */
  public static String forConnection(String driver) {
    return switch (driver) {
      case "ads" ->
          "check that the PLC has an AMS route to source-ams-net-id (without one it does not"
              + " answer), and that target-ams-net-id and target-ams-port are its own";
      case "eip", "logix" ->
          "check the slot of the CPU (slot, or communication-path with logix), and that the"
              + " controller has a free CIP connection: it may serve other clients with all of"
              + " them";
      case "s7", "s7-light" ->
          "check that the PLC has a free connection (end other clients, or reserve more in its"
              + " hardware configuration), and its remote-rack and remote-slot; if it does not"
              + " identify itself, as LOGO, add controller-type=LOGO (or S7_300, S7_400, S7_1200,"
              + " S7_1500) to the connection string";
      default -> "check that the device speaks this protocol and has a free connection";
    };
  }

  /** What to check when a device denies access to all tags. */
  public static String forAccess(String driver) {
    return driver.startsWith("s7")
        ? "permit PUT/GET communication in the protection settings of an S7-1200 or S7-1500, and"
            + " read data blocks without optimized access"
        : "check the external access to the tags in the controller";
  }
}
