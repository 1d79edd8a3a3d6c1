// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Parses and writes MQTT packets on a byte stream. */
package io.connectot.mqtt.packet;
