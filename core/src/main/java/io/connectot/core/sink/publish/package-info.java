// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Records that a sink writes to Kafka itself: results, statuses and the journal of at-most-once.
 */
package io.connectot.core.sink.publish;
