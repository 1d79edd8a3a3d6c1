// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

/** What is done to messages (OPC UA Part 4 §7.20). */
public enum MessageSecurity {
  /** Signed and encrypted where the server offers that, else signed. */
  AUTO,
  SIGN,
  SIGN_AND_ENCRYPT
}
