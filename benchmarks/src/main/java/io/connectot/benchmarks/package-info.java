// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What the hot paths cost, measured. */
package io.connectot.benchmarks;
