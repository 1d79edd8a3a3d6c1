// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Device to Kafka on one machine: the connector on a real worker, and what it is compared with. */
package io.connectot.benchmarks.endtoend;
