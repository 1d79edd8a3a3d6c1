// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Metrics of Sparkplug B edge nodes into Kafka. */
package io.connectot.benchmarks.endtoend.sparkplug;
