// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The Modbus sink: writes tags with functions 5, 6, 15, 16 and 22. */
package io.connectot.modbus.sink;
