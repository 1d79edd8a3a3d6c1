// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The PLC4X sink: writes the tags of PLCs. */
package io.connectot.plc4x.sink;
