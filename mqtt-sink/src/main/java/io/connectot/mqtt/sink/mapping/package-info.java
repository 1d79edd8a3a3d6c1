// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Makes MQTT messages of Kafka records. */
package io.connectot.mqtt.sink.mapping;
