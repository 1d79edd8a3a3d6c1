// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Puts tags that lie together in a PLC's memory into one read. */
package io.connectot.plc4x.merge;
