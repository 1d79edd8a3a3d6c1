// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The configuration of the MQTT sink, and its validation. */
package io.connectot.mqtt.sink.config;
