// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Merges reads of tags that are close to each other in a PLC's memory. */
package io.connectot.plc4x.merge;
