// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLine;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The lines of subscriptions, {@code subscriptions.<name>}, which are in no definition, and the
 * keys of all of them.
 */
public final class SubscriptionConfig {
  public static final String PREFIX = "subscriptions.";

  /** Lines of the form of {@link #PREFIX} without the prefix. */
  public static final Key<Optional<String>> SUBSCRIPTIONS =
      Key.optional("subscriptions", null)
          .importance(Importance.HIGH)
          .width(Width.LONG)
          .display("Subscriptions")
          .doc(
              "Subscriptions as lines of one value, <name>=<topic filter> [option=value ...] each,"
                  + " for example in a form. Adds to the subscriptions.<name> lines. An error names"
                  + " its line.");

  public static final Key<Integer> QOS =
      Key.integer("mqtt.qos", 1, 0, 2)
          .display("QoS")
          .doc(
              "The quality of service of subscriptions without the option 'qos'. With 0, messages"
                  + " are lost whenever the connection is lost; with 1, a message is acknowledged"
                  + " when Kafka has it. 2 is requested as 1 unless mqtt.qos2=handshake.");

  public static final Key<QosTwoPolicy> QOS2 =
      Key.choice("mqtt.qos2", QosTwoPolicy.class, QosTwoPolicy.AS_QOS1)
          .importance(Importance.LOW)
          .display("QoS 2")
          .doc(
              "How subscriptions with QoS 2 are made. 'as-qos1' requests QoS 1: nothing is lost,"
                  + " and messages in flight when a connection or a worker fails may arrive twice."
                  + " 'handshake' requests QoS 2 and sends PUBREC when Kafka has the message: a"
                  + " lost connection causes no second record, a failed worker still may, and every"
                  + " message takes two round trips of the broker's window instead of one.");

  public static final Key<RetainedPolicy> RETAINED =
      Key.choice("mqtt.retained", RetainedPolicy.class, RetainedPolicy.TAKE)
          .display("Retained messages")
          .doc(
              "How retained messages are handled for subscriptions without the option 'retained':"
                  + " 'take' receives them on every subscribe, 'only-new' when the session does not"
                  + " have the subscription yet (MQTT 5 only), 'skip' never. They carry the header"
                  + " mqtt.retain=true. Shared subscriptions receive none.");

  public static final Keys KEYS =
      Keys.group("MQTT subscriptions", SUBSCRIPTIONS, QOS, QOS2, RETAINED);

  private SubscriptionConfig() {}

  /**
   * The lines of both forms.
   *
   * @param errors receives what is wrong with lines of {@link #SUBSCRIPTIONS}
   */
  public static List<ConfigLine> lines(Configuration config, ConfigErrors errors) {
    return ConfigLine.all(config, PREFIX, config.lines(PREFIX), errors);
  }
}
