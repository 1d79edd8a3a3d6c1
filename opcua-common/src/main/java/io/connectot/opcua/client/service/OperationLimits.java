// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

/**
 * The most operations in one request, the smaller of what the server says (OPC UA Part 5 §6.3.11)
 * and what the configuration says. All at least 1.
 *
 * @param read nodes per Read
 * @param browse nodes per Browse, and continuation points per BrowseNext
 * @param translate paths per TranslateBrowsePathsToNodeIds
 * @param monitor items per CreateMonitoredItems, ModifyMonitoredItems and DeleteMonitoredItems
 * @param historyRead nodes per HistoryRead of values
 * @param historyReadEvents nodes per HistoryRead of events
 */
public record OperationLimits(
    int read, int browse, int translate, int monitor, int historyRead, int historyReadEvents) {}
