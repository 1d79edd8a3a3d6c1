// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The metrics of a task. */
package io.connectot.core.metrics;
