// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import io.connectot.opcua.settings.SubscriptionSettings.Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys of subscriptions and monitored items. */
public final class OpcUaSubscriptionConfig {
  public static final String MODE = "opcua.mode";
  public static final String PUBLISHING_INTERVAL_MS = "opcua.publishing.interval.ms";
  public static final String SAMPLING_INTERVAL_MS = "opcua.sampling.interval.ms";
  public static final String QUEUE_SIZE = "opcua.queue.size";
  public static final String QUEUE_OUTAGE_FACTOR = "opcua.queue.outage.factor";
  public static final String DISCARD_OLDEST = "opcua.discard.oldest";
  public static final String TRIGGER = "opcua.trigger";
  public static final String DEADBAND = "opcua.deadband";
  public static final String SKIP_FIRST = "opcua.skip.first";
  public static final String ITEMS_PER_SUBSCRIPTION = "opcua.items.per.subscription";
  public static final String NOTIFICATIONS_PER_PUBLISH = "opcua.notifications.per.publish";
  public static final String LIFETIME_MS = "opcua.lifetime.ms";
  public static final String KEEPALIVE_MS = "opcua.keepalive.ms";
  public static final String MAX_PUBLISH_REQUESTS = "opcua.max.publish.requests";
  public static final String BAD_NODE_RETRY_MS = "opcua.bad.node.retry.ms";
  public static final String BAD_NODE_RETRY_MAX_MS = "opcua.bad.node.retry.max.ms";

  private static final String AUTO = "auto";
  private static final String GROUP = "OPC UA subscriptions";
  private static final long DAY_MS = 86_400_000;

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaSubscriptionConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    addItems(definition);
    addSubscriptions(definition);
  }

  private static void addItems(ConfigDef definition) {
    Option.choice(MODE, Mode.class, Mode.SUBSCRIBE)
        .importance(Importance.MEDIUM)
        .group(GROUP)
        .displayName("Mode")
        .doc(
            "subscribe lets the server sample, queue and publish: nothing is lost while the"
                + " connector is away for as long as the queues last. poll reads nodes every"
                + " poll.interval.ms, for servers without subscriptions; keys and options of"
                + " subscriptions are refused then.")
        .addTo(definition);
    option(PUBLISHING_INTERVAL_MS, ConfigDef.Type.LONG, 1000L, "Publishing interval (ms)")
        .validator(Checks.between(1, DAY_MS))
        .importance(Importance.MEDIUM)
        .doc(
            "How often the server sends what it has, in milliseconds. Servers may choose a longer"
                + " interval.")
        .addTo(definition);
    option(SAMPLING_INTERVAL_MS, ConfigDef.Type.LONG, -1L, "Sampling interval (ms)")
        .validator(Checks.between(-1, DAY_MS))
        .importance(Importance.MEDIUM)
        .doc(
            "How often the server looks at a node, in milliseconds; 0 for as often as it can, -1"
                + " for as often as it publishes. A tag line may say its own with sampling=250ms.")
        .addTo(definition);
    option(QUEUE_SIZE, ConfigDef.Type.STRING, AUTO, "Queue size")
        .validator(autoOr("auto or 1 to 100000", 100_000))
        .doc(
            "How many values of a node the server keeps until they are fetched. With 1, servers do"
                + " not even tell that values were lost. auto keeps those of "
                + QUEUE_OUTAGE_FACTOR
                + " publishing intervals, from 10 to 1000.")
        .addTo(definition);
    option(QUEUE_OUTAGE_FACTOR, ConfigDef.Type.INT, 10, "Outage in publishing intervals")
        .validator(Checks.between(1, 100_000))
        .doc("For how many publishing intervals queues are made by " + QUEUE_SIZE + "=auto.")
        .addTo(definition);
    option(DISCARD_OLDEST, ConfigDef.Type.BOOLEAN, true, "Discard oldest")
        .doc("Whether a full queue drops its oldest value rather than its newest.")
        .addTo(definition);
    Option.choice(TRIGGER, Trigger.class, Trigger.STATUS_VALUE)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Trigger")
        .doc(
            "What counts as a change at the server: the status alone, status or value, or also a"
                + " new timestamp of an old value.")
        .addTo(definition);
    option(DEADBAND, ConfigDef.Type.STRING, "", "Server deadband")
        .validator(
            Checks.optional("a number such as 0.5, or 2%", OpcUaSubscriptionConfig::deadband))
        .doc(
            "How far a value has to move before the server tells: a number in the value's unit, or"
                + " percent of the node's engineering unit range, such as 2%. Where a server cannot"
                + " do it, the node is monitored without.")
        .addTo(definition);
    option(SKIP_FIRST, ConfigDef.Type.BOOLEAN, false, "Skip first value")
        .doc(
            "Whether the value at the time of subscribing is left out of nodes that are read for"
                + " the first time.")
        .addTo(definition);
  }

  private static void addSubscriptions(ConfigDef definition) {
    option(ITEMS_PER_SUBSCRIPTION, ConfigDef.Type.INT, 5000, "Items in a subscription")
        .validator(Checks.between(1, 1_000_000))
        .doc("The most nodes in one subscription; more nodes make more subscriptions.")
        .addTo(definition);
    option(NOTIFICATIONS_PER_PUBLISH, ConfigDef.Type.INT, 5000, "Values in a message")
        .validator(Checks.between(0, 1_000_000))
        .doc("The most values in one message of the server; 0 for as many as it likes.")
        .addTo(definition);
    option(LIFETIME_MS, ConfigDef.Type.LONG, 3_600_000L, "Subscription lifetime (ms)")
        .validator(Checks.between(10_000, 7 * DAY_MS))
        .doc(
            "How long the server keeps a subscription while the connector is away or Kafka takes"
                + " nothing, in milliseconds. After a restart within this time the same"
                + " subscription goes on. Servers may choose less.")
        .addTo(definition);
    option(KEEPALIVE_MS, ConfigDef.Type.LONG, 10_000L, "Subscription keep alive (ms)")
        .validator(Checks.between(100, DAY_MS))
        .doc("How often the server tells that nothing changed, in milliseconds.")
        .addTo(definition);
    option(MAX_PUBLISH_REQUESTS, ConfigDef.Type.STRING, AUTO, "Publish requests")
        .validator(autoOr("auto or 1 to 1000", 1000))
        .doc(
            "How many requests for values wait at the server at a time. auto is two for each"
                + " subscription, from 2 to 20, and fewer when the server says so.")
        .addTo(definition);
    option(BAD_NODE_RETRY_MS, ConfigDef.Type.LONG, 60_000L, "Bad node retry (ms)")
        .validator(Checks.between(100, DAY_MS))
        .doc(
            "The pause before a node that the server refused is tried again, in milliseconds. It"
                + " doubles with every failure.")
        .addTo(definition);
    option(BAD_NODE_RETRY_MAX_MS, ConfigDef.Type.LONG, 1_800_000L, "Longest bad node retry (ms)")
        .validator(Checks.between(100, 7 * DAY_MS))
        .doc("The longest such pause, in milliseconds.")
        .addTo(definition);
  }

  private static Option option(String key, ConfigDef.Type type, Object value, String name) {
    return Option.of(key, type)
        .defaultValue(value)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName(name)
        .width(Width.SHORT);
  }

  private static ConfigDef.Validator autoOr(String description, int max) {
    return Checks.required(description, text -> autoNumber(text, description, max));
  }

  private static OptionalInt autoNumber(String text, String description, int max)
      throws LineException {
    if (AUTO.equalsIgnoreCase(text.trim())) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(text.trim());
      if (value >= 1 && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is no number in the range.
    }
    throw new LineException("must be " + description);
  }

  private static Optional<ItemDeadband> deadband(String text) throws LineException {
    String number = text.trim();
    boolean percent = number.endsWith("%");
    try {
      double size = Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
      if (Double.isFinite(size) && size >= 0 && (!percent || size <= 100)) {
        return size == 0 ? Optional.empty() : Optional.of(new ItemDeadband(size, percent));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is no deadband.
    }
    throw new LineException("must be a number of 0 or more such as 0.5, or 0% to 100%");
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when they contradict each other, naming one of them
   */
  void check() {
    long lifetime = config.getLong(LIFETIME_MS);
    if (lifetime < 3 * config.getLong(KEEPALIVE_MS)) {
      throw new ConfigException(
          LIFETIME_MS,
          lifetime,
          "must be at least three times "
              + KEEPALIVE_MS
              + "="
              + config.getLong(KEEPALIVE_MS)
              + "; raise it or lower the other");
    }
    if (config.getLong(BAD_NODE_RETRY_MAX_MS) < config.getLong(BAD_NODE_RETRY_MS)
        && config.originals().containsKey(BAD_NODE_RETRY_MAX_MS)) {
      throw new ConfigException(
          BAD_NODE_RETRY_MAX_MS,
          config.getLong(BAD_NODE_RETRY_MAX_MS),
          "must not be less than " + BAD_NODE_RETRY_MS + "=" + config.getLong(BAD_NODE_RETRY_MS));
    }
  }

  /** How values come from the server. */
  public Mode mode() {
    return Choice.get(config, MODE, Mode.class);
  }

  /** What the keys say. */
  public SubscriptionSettings settings() {
    long sampling = config.getLong(SAMPLING_INTERVAL_MS);
    try {
      String deadband = config.getString(DEADBAND);
      return new SubscriptionSettings(
          mode(),
          duration(PUBLISHING_INTERVAL_MS),
          sampling < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(sampling)),
          autoNumber(config.getString(QUEUE_SIZE), QUEUE_SIZE, Integer.MAX_VALUE),
          config.getInt(QUEUE_OUTAGE_FACTOR),
          config.getBoolean(DISCARD_OLDEST),
          Choice.get(config, TRIGGER, Trigger.class),
          deadband.isBlank() ? Optional.empty() : deadband(deadband),
          config.getBoolean(SKIP_FIRST),
          config.getInt(ITEMS_PER_SUBSCRIPTION),
          config.getInt(NOTIFICATIONS_PER_PUBLISH),
          duration(LIFETIME_MS),
          duration(KEEPALIVE_MS),
          autoNumber(config.getString(MAX_PUBLISH_REQUESTS), MAX_PUBLISH_REQUESTS, 1000),
          duration(BAD_NODE_RETRY_MS),
          Duration.ofMillis(
              Math.max(config.getLong(BAD_NODE_RETRY_MS), config.getLong(BAD_NODE_RETRY_MAX_MS))));
    } catch (LineException e) {
      throw new IllegalStateException("the definition of the keys lets through what is wrong", e);
    }
  }

  private Duration duration(String key) {
    return Duration.ofMillis(config.getLong(key));
  }
}
