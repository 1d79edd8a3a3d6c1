// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Flink SQL in its own process. */
package io.connectot.consumers.flink;
