// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The PLC4X source: connector, task, and what binds it to the runtime. */
package io.connectot.plc4x;
