// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

/** As whom sessions are activated (OPC UA Part 4 §7.40). */
public enum AuthType {
  ANONYMOUS,
  USERNAME,
  X509
}
