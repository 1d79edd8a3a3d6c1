// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The console on a worker. */
package io.connectot.it.console;
