// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Messages of an MQTT broker into Kafka. */
package io.connectot.benchmarks.endtoend.mqtt;
