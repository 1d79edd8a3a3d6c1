// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Configuration keys and line options of payloads. */
package io.connectot.mqtt.source.payload.config;
