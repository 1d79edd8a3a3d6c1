// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Payload formats: from bytes to values. */
package io.connectot.mqtt.source.payload;
