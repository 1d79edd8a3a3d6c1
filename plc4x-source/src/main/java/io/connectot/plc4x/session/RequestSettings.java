// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import java.time.Duration;

/**
 * The settings of requests.
 *
 * @param connectTimeout the longest time to connect or browse
 * @param requestTimeout the longest time from a request to its response
 * @param maxTags the most addresses in one request
 * @param reopenAfterFailures the number of consecutive failed scans after which the connection is
 *     closed
 * @param recheckInterval the time until a refused address is read again
 */
public record RequestSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int maxTags,
    int reopenAfterFailures,
    Duration recheckInterval) {}
