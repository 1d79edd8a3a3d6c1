// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads and writes of tags by their place in a PLC's memory; merges reads of near ones. */
package io.connectot.plc4x.merge;
