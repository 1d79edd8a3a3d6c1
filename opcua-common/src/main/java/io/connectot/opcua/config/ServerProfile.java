// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

/** Servers with known operation limits. */
public enum ServerProfile {
  /** By the product name that the server gives. */
  AUTO,
  GENERIC,
  S7_1200,
  S7_1500
}
