// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

/** Which security policy connections are made with (OPC UA Part 7 §6.6.161 and following). */
public enum SecurityPolicyOption {
  /** The strongest that both sides have. */
  AUTO,
  NONE,
  BASIC128RSA15,
  BASIC256,
  BASIC256SHA256,
  AES128_SHA256_RSAOAEP,
  AES256_SHA256_RSAPSS
}
