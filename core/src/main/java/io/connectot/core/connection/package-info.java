// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Connections to devices: their states, back-off, clock and threads. */
package io.connectot.core.connection;
