// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** How the bytes of registers become values. */
package io.connectot.modbus.type;
