// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys of subscriptions and monitored items. */
public final class OpcUaSubscriptionConfig {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** How values come from the server. */
  public enum Mode {
    /** By monitored items: the server samples, queues and publishes (OPC UA Part 4 §5.13). */
    SUBSCRIBE,
    /** By reading all nodes at an interval, for servers without subscriptions. */
    POLL
  }

  public static final Key<Mode> MODE =
      Key.choice("opcua.mode", Mode.class, Mode.SUBSCRIBE)
          .display("Mode")
          .doc(
              "subscribe: the server samples, queues and publishes values, and keeps them while the"
                  + " connector is away, as far as its queues reach. poll: the connector reads"
                  + " nodes every poll.interval.ms, for servers without subscriptions; it refuses"
                  + " keys and options of subscriptions.");

  public static final Key<Duration> PUBLISHING_INTERVAL =
      Key.millis("opcua.publishing.interval.ms", 1000, 1, DAY)
          .display("Publishing interval (ms)")
          .doc(
              "Interval at which the server sends queued values, in milliseconds. The server may"
                  + " revise it to a longer one.");

  /** Empty for the publishing interval. */
  public static final Key<Optional<Duration>> SAMPLING_INTERVAL =
      Key.number("opcua.sampling.interval.ms", -1, -1, DAY.toMillis())
          .as(millis -> Optional.of(millis).filter(set -> set >= 0).map(Duration::ofMillis))
          .display("Sampling interval (ms)")
          .doc(
              "Interval at which the server samples a node, in milliseconds; 0 for the fastest it"
                  + " supports, -1 for the publishing interval. A tag line can override it with"
                  + " sampling=250ms.");

  public static final Key<Integer> QUEUE_OUTAGE_FACTOR =
      Key.integer("opcua.queue.outage.factor", 10, 1, 100_000)
          .importance(Importance.LOW)
          .display("Outage in publishing intervals")
          .doc("The number of publishing intervals that opcua.queue.size=auto makes queues for.");

  /** Empty for auto. */
  public static final Key<OptionalInt> QUEUE_SIZE =
      automatic("opcua.queue.size", 100_000)
          .display("Queue size")
          .doc(
              "Maximum values of a node in the server's queue until they are published. With 1,"
                  + " servers do not even report that values were lost. auto is enough for "
                  + QUEUE_OUTAGE_FACTOR
                  + " publishing intervals, from 10 to 1000.");

  public static final Key<Boolean> DISCARD_OLDEST =
      Key.flag("opcua.discard.oldest", true)
          .importance(Importance.LOW)
          .display("Discard oldest")
          .doc("Whether a full queue drops its oldest value instead of its newest.");

  public static final Key<Trigger> TRIGGER =
      Key.choice("opcua.trigger", Trigger.class, Trigger.STATUS_VALUE)
          .importance(Importance.LOW)
          .display("Trigger")
          .doc(
              "What the server reports as a change: the status alone, status or value, or also a"
                  + " new timestamp of an unchanged value.");

  public static final Key<Optional<ItemDeadband>> DEADBAND =
      Key.optional(
              "opcua.deadband",
              "",
              "a number such as 0.5, or 2%",
              OpcUaSubscriptionConfig::deadband)
          .as(deadband -> deadband.filter(band -> band.size() > 0))
          .importance(Importance.LOW)
          .width(Width.SHORT)
          .display("Server deadband")
          .doc(
              "How far a value must move before the server reports it: a number in the unit of the"
                  + " value, or a percentage of the node's engineering unit range, such as 2%. If"
                  + " the server does not support it, the node is monitored without.");

  public static final Key<Boolean> SKIP_FIRST =
      Key.flag("opcua.skip.first", false)
          .importance(Importance.LOW)
          .display("Skip first value")
          .doc(
              "Whether to drop the value at the time of subscribing for nodes that are read for the"
                  + " first time.");

  public static final Key<Integer> ITEMS_PER_SUBSCRIPTION =
      Key.integer("opcua.items.per.subscription", 5000, 1, 1_000_000)
          .importance(Importance.LOW)
          .display("Items in a subscription")
          .doc("Maximum nodes in one subscription; further nodes get another subscription.");

  public static final Key<Integer> NOTIFICATIONS_PER_PUBLISH =
      Key.integer("opcua.notifications.per.publish", 5000, 0, 1_000_000)
          .importance(Importance.LOW)
          .display("Values in a message")
          .doc("Maximum values in one message of the server; 0 for no limit.");

  public static final Key<Duration> LIFETIME =
      Key.millis("opcua.lifetime.ms", 3_600_000, 10_000, WEEK)
          .importance(Importance.LOW)
          .display("Subscription lifetime (ms)")
          .doc(
              "How long the server keeps a subscription while the connector is away or Kafka"
                  + " accepts nothing, in milliseconds. A restart within this time continues the"
                  + " same subscription. The server may revise it to a shorter time. A subscription"
                  + " that no later session transfers is kept for 15 seconds at most, one that may"
                  + " be transferred if the server turns out to do so for 60 seconds at most, and"
                  + " each for three keep-alive intervals if that is longer.");

  public static final Key<Duration> KEEPALIVE =
      Key.millis("opcua.keepalive.ms", 10_000, 100, DAY)
          .importance(Importance.LOW)
          .display("Subscription keep alive (ms)")
          .doc(
              "Interval of the server's keep-alive messages while nothing changes, in"
                  + " milliseconds.");

  /** Empty for auto. */
  public static final Key<OptionalInt> MAX_PUBLISH_REQUESTS =
      automatic("opcua.max.publish.requests", 1000)
          .display("Publish requests")
          .doc(
              "Maximum publish requests that wait at the server. auto is two for each subscription,"
                  + " from 2 to 20, and fewer if the server refuses more.");

  public static final Key<Duration> BAD_NODE_RETRY =
      Key.millis("opcua.bad.node.retry.ms", 60_000, 100, DAY)
          .importance(Importance.LOW)
          .display("Bad node retry (ms)")
          .doc(
              "Pause before a node that the server rejected is tried again, in milliseconds. It"
                  + " doubles with every failure.");

  /** Read with {@link #badNodeRetryMax}. */
  public static final Key<Duration> BAD_NODE_RETRY_MAX =
      Key.millis("opcua.bad.node.retry.max.ms", 1_800_000, 100, WEEK)
          .importance(Importance.LOW)
          .display("Longest bad node retry (ms)")
          .doc("Maximum of this pause, in milliseconds.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA subscriptions",
          MODE,
          PUBLISHING_INTERVAL,
          SAMPLING_INTERVAL,
          QUEUE_SIZE,
          QUEUE_OUTAGE_FACTOR,
          DISCARD_OLDEST,
          TRIGGER,
          DEADBAND,
          SKIP_FIRST,
          ITEMS_PER_SUBSCRIPTION,
          NOTIFICATIONS_PER_PUBLISH,
          LIFETIME,
          KEEPALIVE,
          MAX_PUBLISH_REQUESTS,
          BAD_NODE_RETRY,
          BAD_NODE_RETRY_MAX);

  private OpcUaSubscriptionConfig() {}

  /** A number, or auto. */
  private static Key<OptionalInt> automatic(String name, int max) {
    String allowed = "auto or 1 to " + max;
    return Key.text(name, "auto", allowed, text -> number(text, allowed, max))
        .importance(Importance.LOW)
        .width(Width.SHORT);
  }

  private static OptionalInt number(String text, String allowed, int max) throws LineException {
    if (text.equalsIgnoreCase("auto")) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException("must be " + allowed);
  }

  private static ItemDeadband deadband(String text) throws LineException {
    boolean percent = text.endsWith("%");
    try {
      double size = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
      if (Double.isFinite(size) && size >= 0 && (!percent || size <= 100)) {
        return new ItemDeadband(size, percent);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException("must be a number of 0 or more such as 0.5, or 0% to 100%");
  }

  /** The maximum pause before a rejected node is tried again. */
  public static Duration badNodeRetryMax(Configuration config) {
    Duration first = config.get(BAD_NODE_RETRY);
    Duration max = config.get(BAD_NODE_RETRY_MAX);
    return max.compareTo(first) < 0 ? first : max;
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when they contradict each other, naming one of them
   */
  static void check(Configuration config) {
    long keepAlive = config.get(KEEPALIVE).toMillis();
    if (config.get(LIFETIME).toMillis() < 3 * keepAlive) {
      throw config.error(
          LIFETIME,
          "must be at least three times "
              + KEEPALIVE
              + "="
              + keepAlive
              + "; raise it or lower the other");
    }
    Duration retry = config.get(BAD_NODE_RETRY);
    if (config.isSet(BAD_NODE_RETRY_MAX) && config.get(BAD_NODE_RETRY_MAX).compareTo(retry) < 0) {
      throw config.error(
          BAD_NODE_RETRY_MAX, "must not be less than " + BAD_NODE_RETRY + "=" + retry.toMillis());
    }
  }
}
