// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** JMH microbenchmarks of single steps. */
package io.connectot.benchmarks.jmh;
