// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * What the server advertises and keeps to. Operation limits are advertised as they are when a life
 * begins; {@link Faults#enforce} sets others that nobody is told of. Revised parameters follow at
 * once. Thread-safe.
 */
public final class PlantLimits implements OpcUaServerConfigLimits {
  private volatile int read = 10_000;
  private volatile int browse = 1_000;
  private volatile int translate = 1_000;
  private volatile int monitor = 10_000;
  private volatile int historyRead = 250;
  private volatile int browseContinuationPoints = 250;
  private volatile int sessions = 100;
  private volatile int monitoredItemsPerSession = Integer.MAX_VALUE;
  private volatile double minPublishingMs = 10;
  private volatile double maxLifetimeMs = 24 * 3_600_000d;
  private volatile double maxSessionTimeoutMs = 120_000;
  private volatile double minSamplingMs;
  private volatile int maxQueue = 65_535;

  PlantLimits() {}

  /** Operations per request; 0 advertises none, and enforces none. */
  public PlantLimits operations(
      int readNodes, int browseNodes, int translatePaths, int monitoredItems, int historyNodes) {
    read = readNodes;
    browse = browseNodes;
    translate = translatePaths;
    monitor = monitoredItems;
    historyRead = historyNodes;
    return this;
  }

  public PlantLimits browseContinuationPoints(int value) {
    browseContinuationPoints = value;
    return this;
  }

  public PlantLimits sessions(int value) {
    sessions = value;
    return this;
  }

  public PlantLimits monitoredItemsPerSession(int value) {
    monitoredItemsPerSession = value;
    return this;
  }

  /** Revises publishing intervals upwards. */
  public PlantLimits minPublishingMs(double value) {
    minPublishingMs = value;
    return this;
  }

  /** Revises lifetimes of subscriptions downwards. */
  public PlantLimits maxLifetimeMs(double value) {
    maxLifetimeMs = value;
    return this;
  }

  public PlantLimits maxSessionTimeoutMs(double value) {
    maxSessionTimeoutMs = value;
    return this;
  }

  /** Revises sampling intervals upwards; changes are reported at once all the same. */
  public PlantLimits minSamplingMs(double value) {
    minSamplingMs = value;
    return this;
  }

  /** Revises queue sizes downwards. */
  public PlantLimits maxQueue(int value) {
    maxQueue = value;
    return this;
  }

  double revisedSampling(double requested) {
    return Math.max(requested, minSamplingMs);
  }

  UInteger revisedQueue(UInteger requested) {
    return uint(Math.min(requested.longValue(), maxQueue));
  }

  int monitor() {
    return monitor;
  }

  int historyRead() {
    return historyRead;
  }

  /** Milo enforces these itself and takes 0 for none allowed. */
  private static UInteger enforced(int value) {
    return uint(value == 0 ? Integer.MAX_VALUE : value);
  }

  @Override
  public UInteger getMaxNodesPerRead() {
    return enforced(read);
  }

  @Override
  public UInteger getMaxNodesPerBrowse() {
    return enforced(browse);
  }

  @Override
  public UInteger getMaxNodesPerTranslateBrowsePathsToNodeIds() {
    return enforced(translate);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerCall() {
    return uint(monitor);
  }

  @Override
  public UInteger getMaxNodesPerHistoryReadData() {
    return uint(historyRead);
  }

  @Override
  public UShort getMaxBrowseContinuationPoints() {
    return ushort(browseContinuationPoints);
  }

  @Override
  public UInteger getMaxSessions() {
    return uint(sessions);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerSession() {
    return uint(monitoredItemsPerSession);
  }

  @Override
  public Double getMinPublishingInterval() {
    return minPublishingMs;
  }

  @Override
  public Double getDefaultPublishingInterval() {
    return minPublishingMs;
  }

  @Override
  public Double getMaxSubscriptionLifetime() {
    return maxLifetimeMs;
  }

  @Override
  public Double getMinSubscriptionLifetime() {
    return 1_000d;
  }

  @Override
  public Double getMaxSessionTimeout() {
    return maxSessionTimeoutMs;
  }
}
