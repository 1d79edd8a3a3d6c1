// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Payloads of Sparkplug B as values: metrics, properties, data sets and templates. */
package io.connectot.sparkplug.payload;
