// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Writes Kafka records to devices and brokers, in the order of their partitions. */
package io.connectot.core.sink;
