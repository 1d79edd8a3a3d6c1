// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

/**
 * One instant by two clocks.
 *
 * @param epochNanos by the wall clock, nanoseconds since 1970
 * @param tick by a ticker that never jumps, nanoseconds
 */
public record Moment(long epochNanos, long tick) {}
