// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What single steps of the way cost, by JMH. */
package io.connectot.benchmarks.jmh;
