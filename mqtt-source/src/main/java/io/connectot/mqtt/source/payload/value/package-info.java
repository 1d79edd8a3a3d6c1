// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads values, times and qualities. */
package io.connectot.mqtt.source.payload.value;
