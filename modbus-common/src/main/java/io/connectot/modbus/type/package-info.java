// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Types of registers, and the number and date formats of their bytes. */
package io.connectot.modbus.type;
