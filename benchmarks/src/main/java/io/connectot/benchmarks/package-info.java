// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Benchmarks of the hot paths. */
package io.connectot.benchmarks;
