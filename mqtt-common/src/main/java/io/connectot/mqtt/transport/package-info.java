// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Connections to MQTT brokers. The only package that knows the protocol library. */
package io.connectot.mqtt.transport;
