// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Certificates: the application's own, the trust list, and the validation of those of servers (OPC
 * UA Part 4 §6.1.3).
 */
package io.connectot.opcua.client.certificate;
