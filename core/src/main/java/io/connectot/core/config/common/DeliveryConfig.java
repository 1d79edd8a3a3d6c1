// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.mapping.record.RecordLimit;
import java.time.Duration;
import java.util.List;

/** The keys that say what happens to records that Kafka does not take. */
public final class DeliveryConfig {
  public static final Key<Integer> RECORD_MAX_BYTES =
      Key.integer(RecordLimit.KEY, RecordLimit.DEFAULT_BYTES, 10_000, 1_000_000_000)
          .display("Largest record (bytes)")
          .doc(
              "The maximum size of a record in bytes, as the converter writes it: key, value and"
                  + " headers. Kafka takes 1048576 bytes by default; for larger records raise"
                  + " max.message.bytes of the topic and producer.override.max.request.size, too."
                  + " A text or bytes that do not fit are not written: the measurement is BAD with"
                  + " the status VALUE_TOO_LARGE. A message that is passed through and does not fit"
                  + " is a poison message.");

  public static final Key<Duration> TOPIC_TIMEOUT =
      Key.millis("topic.timeout.ms", 300_000, 100, Duration.ofDays(1))
          .display("Timeout of missing topics (ms)")
          .doc(
              "How long a record waits for a topic that took no record of the task so far, in"
                  + " milliseconds. Then the task fails: the topic does not exist and the broker"
                  + " does not create it, or its name collides with that of another topic. A topic"
                  + " that took a record before is waited for without end. A smaller"
                  + " producer.override.max.block.ms takes its place.");

  public static final Keys KEYS = Keys.group("Delivery", RECORD_MAX_BYTES, TOPIC_TIMEOUT);

  private static final String MAX_REQUEST = "producer.override.max.request.size";

  private DeliveryConfig() {}

  /** The contradictions between the keys, and with those of the producer. */
  public static List<ConfigError> check(Configuration config) {
    int bytes = config.get(RECORD_MAX_BYTES);
    Object request = config.kafka().originals().get(MAX_REQUEST);
    // The worker may set another default, of which a connector does not know.
    return request == null || bytes <= number(request.toString())
        ? List.of()
        : List.of(
            new ConfigError(
                RECORD_MAX_BYTES,
                bytes
                    + " is more than "
                    + MAX_REQUEST
                    + "="
                    + request
                    + ", so that larger records fail the task; raise that, and max.message.bytes of"
                    + " the topic"));
  }

  /** What is not a number is refused by the worker. */
  private static long number(String text) {
    try {
      return Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
