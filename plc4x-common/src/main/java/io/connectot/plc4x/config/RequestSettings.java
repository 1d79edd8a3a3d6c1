// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import java.time.Duration;

/**
 * How devices are asked.
 *
 * @param connectTimeout the longest time a connection may take to be made
 * @param requestTimeout the longest time from a request to its answer
 * @param maxTags the most addresses in one request
 * @param reopenAfterFailures after how many failed scans in a row a connection is given up
 * @param recheckInterval after what time a refused address is asked for again
 * @param s7MergeGap how many bytes that no tag asks for one read of S7 memory may go over
 */
public record RequestSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int maxTags,
    int reopenAfterFailures,
    Duration recheckInterval,
    int s7MergeGap) {}
