// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Register tables as vendors publish them. */
package io.connectot.modbus.config.table;
