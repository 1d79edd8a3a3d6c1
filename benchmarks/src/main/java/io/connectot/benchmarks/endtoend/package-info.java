// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * End-to-end benchmarks from device to Kafka on one machine: the connector on a real worker, and
 * minimal programs for comparison.
 */
package io.connectot.benchmarks.endtoend;
