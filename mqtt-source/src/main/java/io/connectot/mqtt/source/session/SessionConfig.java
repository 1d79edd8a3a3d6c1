// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how tasks share the subscriptions, and what a task holds in memory. */
public final class SessionConfig {
  public static final String SCALE = "mqtt.scale";
  public static final String MAX_UNACKNOWLEDGED_MESSAGES = "mqtt.max.unacknowledged.messages";
  public static final String MAX_UNACKNOWLEDGED_BYTES = "mqtt.max.unacknowledged.bytes";
  public static final String QOS0_OVERFLOW = "mqtt.qos0.overflow";
  public static final String STOP_TIMEOUT_MS = "mqtt.stop.timeout.ms";

  private static final String GROUP = "MQTT delivery";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public SessionConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.choice(SCALE, SubscriptionSharing.class, SubscriptionSharing.SPLIT)
        .group(GROUP)
        .displayName("How tasks share the work")
        .doc(
            "How several tasks share the subscriptions; with tasks.max=1 there is no difference."
                + " 'split' gives every task filters of its own, keeps the order of messages, and"
                + " never starts more tasks than there are filters. 'shared' lets every task"
                + " subscribe to every filter as a member of the group $share/<connector>, so that"
                + " the broker spreads the messages of one filter over all tasks; their order is"
                + " then kept per task only, and the broker must know shared subscriptions. Filters"
                + " that begin with $share/ already are left as they are. 'none' starts one task.")
        .addTo(definition);
    Option.of(MAX_UNACKNOWLEDGED_MESSAGES, ConfigDef.Type.INT)
        .defaultValue(4000)
        .validator(Checks.between(1, 65_535))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Unacknowledged messages")
        .width(Width.SHORT)
        .doc(
            "How many messages of QoS 1 a task holds that Kafka does not have yet, whatever the"
                + " broker thinks of mqtt.receive.maximum. With so many the task stops reading from"
                + " the broker, except for a few that have come already; if they do not become"
                + " fewer soon, it disconnects until half of them are acknowledged, and the broker"
                + " keeps the rest. Also the most messages of QoS 0 that wait; what is more is"
                + " dropped.")
        .addTo(definition);
    Option.of(MAX_UNACKNOWLEDGED_BYTES, ConfigDef.Type.LONG)
        .defaultValue(32L * 1024 * 1024)
        .validator(Checks.between(1024, 1L << 40))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Unacknowledged bytes")
        .width(Width.SHORT)
        .doc(
            "The most bytes these messages have, topics and payloads together. A message that is"
                + " longer passes on its own.")
        .addTo(definition);
    Option.choice(QOS0_OVERFLOW, OverflowPolicy.class, OverflowPolicy.DROP_NEWEST)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("When messages of QoS 0 are too many")
        .doc(
            "Which messages of QoS 0 are dropped when more of them wait than may: the newest or the"
                + " oldest. A broker does not send them again, so they are counted in the metric"
                + " message-dropped-total. Subscribe with qos=1 to lose none.")
        .addTo(definition);
    Option.of(STOP_TIMEOUT_MS, ConfigDef.Type.LONG)
        .defaultValue(3000L)
        .validator(Checks.between(0, 60_000))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Longest wait when stopping (ms)")
        .width(Width.SHORT)
        .doc(
            "How long a task that stops waits for Kafka to confirm what it was given, so that it"
                + " can be acknowledged to the broker, in milliseconds. What is not acknowledged"
                + " then is delivered again, to Kafka too.")
        .addTo(definition);
    return definition;
  }

  /** How tasks share the work. */
  public SubscriptionSharing scale() {
    return Choice.get(config, SCALE, SubscriptionSharing.class);
  }

  /** The most messages held, of QoS 1 and of QoS 0 each. */
  public int maxMessages() {
    return config.getInt(MAX_UNACKNOWLEDGED_MESSAGES);
  }

  /** The most bytes of topics and payloads held, of QoS 1 and of QoS 0 each. */
  public long maxBytes() {
    return config.getLong(MAX_UNACKNOWLEDGED_BYTES);
  }

  /** Which message of QoS 0 is dropped. */
  public OverflowPolicy overflow() {
    return Choice.get(config, QOS0_OVERFLOW, OverflowPolicy.class);
  }

  /** How long stopping waits for Kafka. */
  public Duration stopTimeout() {
    return Duration.ofMillis(config.getLong(STOP_TIMEOUT_MS));
  }
}
