// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

/** The message types of edge nodes and devices. */
public enum MessageType {
  NBIRTH(false),
  NDATA(false),
  NDEATH(false),
  NCMD(false),
  DBIRTH(true),
  DDATA(true),
  DDEATH(true),
  DCMD(true);

  private final boolean device;

  MessageType(boolean device) {
    this.device = device;
  }

  /** Whether messages of this type are about a device. */
  public boolean isOfDevice() {
    return device;
  }

  /** Whether an edge node is told, rather than telling. */
  public boolean isCommand() {
    return this == NCMD || this == DCMD;
  }

  /** Whether its payload has a sequence number. */
  public boolean hasSequenceNumber() {
    return !isCommand() && this != NDEATH;
  }
}
