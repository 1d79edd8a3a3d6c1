// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The Modbus source connector. */
package io.connectot.modbus;
