// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Decodes payloads to documents. */
package io.connectot.mqtt.source.payload.document;
