// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys for sharing subscriptions between tasks, and the memory limits of a task. */
public final class SessionConfig {
  public static final Key<SubscriptionSharing> SCALE =
      Key.choice("mqtt.scale", SubscriptionSharing.class, SubscriptionSharing.SPLIT)
          .display("How tasks share the work")
          .doc(
              "How several tasks share the subscriptions; with tasks.max=1 all values are"
                  + " equivalent. 'split' assigns each filter to one task, keeps the order of"
                  + " messages, and starts at most as many tasks as there are filters. 'shared'"
                  + " lets every task subscribe to every filter in the share group"
                  + " $share/<connector>, so that the broker distributes the messages of one filter"
                  + " over all tasks; order is then kept per task only, and the broker must support"
                  + " shared subscriptions. Filters that begin with $share/ are not changed. 'none'"
                  + " starts one task.");

  public static final Key<Integer> MAX_UNACKNOWLEDGED_MESSAGES =
      Key.integer("mqtt.max.unacknowledged.messages", 4000, 1, 65_535)
          .importance(Importance.LOW)
          .display("Unacknowledged messages")
          .doc(
              "The maximum number of unacknowledged QoS 1 messages per task. At this limit the task"
                  + " stops reading from the broker; a few messages that were already received"
                  + " still count. If Kafka does not catch up soon, the task disconnects until half"
                  + " of them are acknowledged, and the broker keeps the rest. Also the maximum"
                  + " number of waiting QoS 0 messages; more are dropped.");

  public static final Key<Long> MAX_UNACKNOWLEDGED_BYTES =
      Key.number("mqtt.max.unacknowledged.bytes", 32L * 1024 * 1024, 1024, 1L << 40)
          .importance(Importance.LOW)
          .display("Unacknowledged bytes")
          .doc(
              "The maximum size of these messages in bytes, topics and payloads together. A single"
                  + " longer message is accepted.");

  public static final Key<OverflowPolicy> QOS0_OVERFLOW =
      Key.choice("mqtt.qos0.overflow", OverflowPolicy.class, OverflowPolicy.DROP_NEWEST)
          .importance(Importance.LOW)
          .display("When messages of QoS 0 are too many")
          .doc(
              "Which QoS 0 messages are dropped when too many wait: the newest or the oldest. The"
                  + " broker does not redeliver them; they are counted in the metric"
                  + " message-dropped-total. Subscribe with qos=1 to lose none.");

  public static final Key<Duration> STOP_TIMEOUT =
      Key.millis("mqtt.stop.timeout.ms", 3000, 0, Duration.ofMinutes(1))
          .importance(Importance.LOW)
          .display("Longest wait when stopping (ms)")
          .doc(
              "How long a stopping task waits for Kafka to confirm its records, so that it can"
                  + " acknowledge them to the broker, in milliseconds. Unacknowledged messages are"
                  + " delivered again, also to Kafka.");

  public static final Keys KEYS =
      Keys.group(
          "MQTT delivery",
          SCALE,
          MAX_UNACKNOWLEDGED_MESSAGES,
          MAX_UNACKNOWLEDGED_BYTES,
          QOS0_OVERFLOW,
          STOP_TIMEOUT);

  private SessionConfig() {}
}
