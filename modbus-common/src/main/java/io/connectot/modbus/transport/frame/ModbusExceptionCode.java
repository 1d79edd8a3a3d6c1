// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport.frame;

/**
 * The code of an exception response: Modbus Application Protocol V1.1b3 §7.
 *
 * @param code the number in the frame, 0 to 255
 * @param name the name of the specification, {@code UNKNOWN_EXCEPTION} for a code it does not have
 */
public record ModbusExceptionCode(int code, String name) {
  public static final ModbusExceptionCode ILLEGAL_FUNCTION =
      new ModbusExceptionCode(1, "ILLEGAL_FUNCTION");
  public static final ModbusExceptionCode ILLEGAL_DATA_ADDRESS =
      new ModbusExceptionCode(2, "ILLEGAL_DATA_ADDRESS");
  public static final ModbusExceptionCode ILLEGAL_DATA_VALUE =
      new ModbusExceptionCode(3, "ILLEGAL_DATA_VALUE");
  public static final ModbusExceptionCode SERVER_DEVICE_FAILURE =
      new ModbusExceptionCode(4, "SERVER_DEVICE_FAILURE");
  public static final ModbusExceptionCode ACKNOWLEDGE = new ModbusExceptionCode(5, "ACKNOWLEDGE");
  public static final ModbusExceptionCode SERVER_DEVICE_BUSY =
      new ModbusExceptionCode(6, "SERVER_DEVICE_BUSY");
  public static final ModbusExceptionCode MEMORY_PARITY_ERROR =
      new ModbusExceptionCode(8, "MEMORY_PARITY_ERROR");
  public static final ModbusExceptionCode GATEWAY_PATH_UNAVAILABLE =
      new ModbusExceptionCode(10, "GATEWAY_PATH_UNAVAILABLE");
  public static final ModbusExceptionCode GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND =
      new ModbusExceptionCode(11, "GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND");

  /** The exception with the given code. */
  public static ModbusExceptionCode of(int code) {
    return switch (code) {
      case 1 -> ILLEGAL_FUNCTION;
      case 2 -> ILLEGAL_DATA_ADDRESS;
      case 3 -> ILLEGAL_DATA_VALUE;
      case 4 -> SERVER_DEVICE_FAILURE;
      case 5 -> ACKNOWLEDGE;
      case 6 -> SERVER_DEVICE_BUSY;
      case 8 -> MEMORY_PARITY_ERROR;
      case 10 -> GATEWAY_PATH_UNAVAILABLE;
      case 11 -> GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND;
      default -> new ModbusExceptionCode(code, "UNKNOWN_EXCEPTION");
    };
  }

  /** Whether the same request may succeed a moment later: the unit is busy. */
  public boolean isRetriable() {
    return code == 5 || code == 6;
  }

  /** Whether a gateway reports that its target unit did not respond. */
  public boolean isGateway() {
    return code == 10 || code == 11;
  }

  /** Code and name as BAD measurements carry them, e.g. {@code 2 ILLEGAL_DATA_ADDRESS}. */
  @Override
  public String toString() {
    return code + " " + name;
  }
}
