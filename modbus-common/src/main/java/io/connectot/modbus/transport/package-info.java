// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Modbus connections. The only package that knows the protocol library. */
package io.connectot.modbus.transport;
