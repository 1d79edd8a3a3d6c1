// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Measurements from documents. */
package io.connectot.mqtt.source.payload.measurement;
