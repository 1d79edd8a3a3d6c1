// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** What an MQTT connection is told: brokers, session, credentials, will. */
package io.connectot.mqtt.config;
