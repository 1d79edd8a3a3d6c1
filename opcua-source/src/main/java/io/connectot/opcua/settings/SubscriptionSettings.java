// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How nodes are read, where their tag lines say nothing else.
 *
 * @param mode whether the server tells of changes or is asked
 * @param publishing how often the server sends what it has; in {@link Mode#POLL}, how often it is
 *     asked
 * @param sampling how often the server looks at a node; empty for as often as it publishes
 * @param queue how many values of a node the server keeps between publishes; empty for as many as
 *     an outage of {@code outageFactor} publishing intervals makes
 * @param deadband the server's own filter; empty for none
 * @param itemsPerSubscription the most items of one subscription
 * @param notificationsPerMessage the most values in one message; 0 for as many as the server likes
 * @param lifetime how long the server keeps a subscription that nobody asks for
 * @param keepAlive how often the server says that there is nothing to say
 * @param publishRequests how many requests wait at the server; empty for as many as there is use
 *     for
 * @param badNodeRetry the first pause before a node that cannot be read is tried again
 * @param badNodeRetryMax the longest such pause
 */
public record SubscriptionSettings(
    Mode mode,
    Duration publishing,
    Optional<Duration> sampling,
    OptionalInt queue,
    int outageFactor,
    boolean discardOldest,
    Trigger trigger,
    Optional<ItemDeadband> deadband,
    boolean skipFirst,
    int itemsPerSubscription,
    int notificationsPerMessage,
    Duration lifetime,
    Duration keepAlive,
    OptionalInt publishRequests,
    Duration badNodeRetry,
    Duration badNodeRetryMax) {

  /** How values come from the server. */
  public enum Mode {
    /** By monitored items: the server samples, queues and publishes (OPC UA Part 4 §5.13). */
    SUBSCRIBE,
    /** By reading all nodes at an interval, for servers that have no subscriptions. */
    POLL
  }
}
