// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Offsets, and history after an interruption. */
package io.connectot.opcua.resume;
