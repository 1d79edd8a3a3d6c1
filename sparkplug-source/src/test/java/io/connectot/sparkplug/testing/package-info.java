// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A simulated edge node for tests of this and other modules. */
package io.connectot.sparkplug.testing;
