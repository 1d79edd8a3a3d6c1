// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Selects parts of documents. */
package io.connectot.mqtt.source.payload.select;
