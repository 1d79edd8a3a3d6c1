// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The keys that say what to ask the broker for where a line does not, and the lines themselves,
 * which are in no definition.
 */
public final class SubscriptionConfig {
  public static final String PREFIX = "subscriptions.";

  /** What is to blame when there are no lines. */
  public static final String LINES = "subscriptions";

  public static final String QOS = "mqtt.qos";
  public static final String RETAINED = "mqtt.retained";

  /**
   * With QoS 2 the broker hands a message over before Kafka has it and never sends it again, so 1
   * is the highest that is asked for.
   */
  static final int HIGHEST_QOS = 1;

  private static final String GROUP = "MQTT subscriptions";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public SubscriptionConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.of(QOS, ConfigDef.Type.INT)
        .defaultValue(1)
        .validator(Checks.between(0, 2))
        .group(GROUP)
        .displayName("QoS")
        .width(Width.SHORT)
        .doc(
            "The quality of service to subscribe with unless a line says otherwise with 'qos'. 0"
                + " loses messages whenever the connection is lost; with 1 a message is"
                + " acknowledged when Kafka has it. 2 is read as 1: at QoS 2 the broker gives a"
                + " message up before Kafka has it, and what a killed worker held would be lost.")
        .addTo(definition);
    Option.choice(RETAINED, RetainedPolicy.class, RetainedPolicy.TAKE)
        .group(GROUP)
        .displayName("Retained messages")
        .doc(
            "What to do with messages that the broker kept from before the subscription, unless a"
                + " line says otherwise with 'retained': 'take' them whenever the connector"
                + " subscribes, 'only-new' when the session does not have the subscription yet"
                + " (MQTT 5 only), or 'skip' them. They carry the header mqtt.retain=true. Shared"
                + " subscriptions get none.")
        .addTo(definition);
    return definition;
  }

  /** The QoS of lines that have none of their own, 0 to 2. */
  int qos() {
    return config.getInt(QOS);
  }

  /** What lines that do not say otherwise do with retained messages. */
  public RetainedPolicy retained() {
    return Choice.get(config, RETAINED, RetainedPolicy.class);
  }

  /** Subscription name to line as written, in the order of the names; a value may be null. */
  public SortedMap<String, String> lines() {
    SortedMap<String, String> lines = new TreeMap<>();
    for (Map.Entry<String, Object> entry : config.originals().entrySet()) {
      if (entry.getKey().startsWith(PREFIX)) {
        Object value = entry.getValue();
        lines.put(
            entry.getKey().substring(PREFIX.length()), value == null ? null : value.toString());
      }
    }
    return lines;
  }
}
