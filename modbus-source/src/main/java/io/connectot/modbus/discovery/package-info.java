// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Looks at the registers and units of a line before there are tags. */
package io.connectot.modbus.discovery;
