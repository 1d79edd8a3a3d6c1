// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

/** PLC4X's response codes: {@code org.apache.plc4x.java.api.types.PlcResponseCode}. */
public enum ResponseCode {
  OK(1),
  NOT_FOUND(2),
  ACCESS_DENIED(3),
  INVALID_ADDRESS(4),
  INVALID_DATATYPE(6),
  INVALID_DATA(7),
  INTERNAL_ERROR(8),
  REMOTE_BUSY(9),
  REMOTE_ERROR(10),
  UNSUPPORTED(11),
  RESPONSE_PENDING(12);

  private final String status;

  ResponseCode(int number) {
    this.status = number + " " + name();
  }

  /** The status of BAD measurements, e.g. {@code 2 NOT_FOUND}. */
  public String status() {
    return status;
  }
}
