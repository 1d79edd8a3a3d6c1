// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Formats of payloads: from the bytes of a message to values. */
package io.connectot.mqtt.source.payload;
