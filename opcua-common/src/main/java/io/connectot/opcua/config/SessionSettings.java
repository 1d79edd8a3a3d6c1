// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.time.Duration;

/**
 * How connections are made and kept.
 *
 * @param connectTimeout for one URL, from the first packet to the activated session
 * @param requestTimeout from a request to its answer
 * @param sessionTimeout what the server is asked to keep a silent session for
 * @param keepAliveInterval how often the server is asked for its state
 * @param useDiscoveredHost whether to connect to the host that the server names
 * @param minServiceLevel below which a redundant server is left, 1 to 255
 * @param profile whose limits hold where the server says none
 * @param itemsPerCall the most operations in one request, at least 1
 */
public record SessionSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    Duration sessionTimeout,
    Duration keepAliveInterval,
    boolean useDiscoveredHost,
    int minServiceLevel,
    ServerProfile profile,
    int itemsPerCall) {}
