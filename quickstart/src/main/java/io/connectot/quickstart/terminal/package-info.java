// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Text that fits a terminal. */
package io.connectot.quickstart.terminal;
