// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Metrics as Prometheus text, and the health of the plant. */
package io.connectot.console.metrics;
