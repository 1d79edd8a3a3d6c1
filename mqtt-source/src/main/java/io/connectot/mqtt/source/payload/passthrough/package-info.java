// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Payloads that pass through: bytes, text and JSON. */
package io.connectot.mqtt.source.payload.passthrough;
