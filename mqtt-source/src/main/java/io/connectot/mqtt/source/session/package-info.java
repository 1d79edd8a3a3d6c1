// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** MQTT sessions: connections, in-flight messages, subscriptions, and migration between tasks. */
package io.connectot.mqtt.source.session;
