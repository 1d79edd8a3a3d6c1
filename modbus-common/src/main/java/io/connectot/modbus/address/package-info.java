// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Where a value lies in a Modbus device: table, address, bit. */
package io.connectot.modbus.address;
