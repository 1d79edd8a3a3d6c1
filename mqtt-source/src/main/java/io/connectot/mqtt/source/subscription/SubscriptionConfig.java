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
import org.apache.kafka.common.config.ConfigDef.Importance;
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
  public static final String QOS2 = "mqtt.qos2";
  public static final String RETAINED = "mqtt.retained";

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
                + " acknowledged when Kafka has it. 2 is read as 1 unless mqtt.qos2 says"
                + " otherwise.")
        .addTo(definition);
    Option.choice(QOS2, QosTwoPolicy.class, QosTwoPolicy.AS_QOS1)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("QoS 2")
        .doc(
            "How subscriptions with QoS 2 are made. 'as-qos1' asks the broker for QoS 1: nothing is"
                + " lost, and what was on its way when a connection or a worker died may come"
                + " twice. 'handshake' asks for QoS 2 and sends PUBREC when Kafka has the message:"
                + " a connection that dies makes no second record then, a worker that dies still"
                + " may, and every message takes two round trips of the broker's window instead of"
                + " one.")
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

  /** What QoS 2 means. */
  QosTwoPolicy qosTwo() {
    return Choice.get(config, QOS2, QosTwoPolicy.class);
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
