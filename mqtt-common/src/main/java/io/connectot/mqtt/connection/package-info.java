// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Keeps connections to one of several brokers and tests them for validation. */
package io.connectot.mqtt.connection;
