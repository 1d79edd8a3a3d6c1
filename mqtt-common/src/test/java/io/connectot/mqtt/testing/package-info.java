// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Brokers for tests: one that keeps the standard, and one that does what its script says. */
package io.connectot.mqtt.testing;
