// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Option;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code plc4x.*} keys. */
public final class Plc4xConfig {
  public static final String CONNECT_TIMEOUT_MS = "plc4x.connect.timeout.ms";
  public static final String REQUEST_TIMEOUT_MS = "plc4x.request.timeout.ms";
  public static final String MAX_TAGS_PER_REQUEST = "plc4x.max.tags.per.request";
  public static final String REOPEN_AFTER_FAILURES = "plc4x.reopen.after.failures";
  public static final String RECHECK_MS = "plc4x.recheck.ms";
  public static final String S7_MERGE_GAP_BYTES = "plc4x.s7.merge.gap.bytes";

  private static final String TIMING = "PLC4X timing";
  private static final String REQUESTS = "PLC4X requests";
  private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public Plc4xConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    millis(CONNECT_TIMEOUT_MS, 10_000, "Connect timeout (ms)")
        .doc(
            "The longest time a connection may take to be made, in milliseconds, the driver's"
                + " handshake included.")
        .addTo(definition);
    millis(REQUEST_TIMEOUT_MS, 5000, "Request timeout (ms)")
        .importance(Importance.MEDIUM)
        .doc(
            "The longest time from a request to its answer, in milliseconds. A connection that did"
                + " not answer in time is closed and dropped.")
        .addTo(definition);
    Option.of(REOPEN_AFTER_FAILURES, ConfigDef.Type.INT)
        .defaultValue(3)
        .validator(Checks.between(1, 1000))
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName("Failed scans until the connection is dropped")
        .width(Width.SHORT)
        .doc(
            "After how many scans in a row in which no tag could be read the connection is closed"
                + " and made anew.")
        .addTo(definition);
    Option.of(MAX_TAGS_PER_REQUEST, ConfigDef.Type.INT)
        .defaultValue(20)
        .validator(Checks.between(1, 10_000))
        .group(REQUESTS)
        .displayName("Tags in a request")
        .width(Width.SHORT)
        .doc(
            "The most addresses one request asks for. S7 devices answer 20 items at most; with the"
                + " s7 driver a request for more is never answered by some.")
        .addTo(definition);
    millis(RECHECK_MS, 300_000, "Recheck refused tags after (ms)")
        .group(REQUESTS)
        .doc(
            "After what time a tag that made a whole request fail is put back into it, in"
                + " milliseconds.")
        .addTo(definition);
    Option.of(S7_MERGE_GAP_BYTES, ConfigDef.Type.INT)
        .defaultValue(16)
        .validator(Checks.between(0, 1024))
        .importance(Importance.LOW)
        .group(REQUESTS)
        .displayName("S7 bytes to read over")
        .width(Width.SHORT)
        .doc(
            "How many bytes that no tag asks for one read of the s7-light driver may go over, so"
                + " that two reads become one.")
        .addTo(definition);
  }

  private static Option millis(String key, long value, String displayName) {
    return Option.of(key, ConfigDef.Type.LONG)
        .defaultValue(value)
        .validator(Checks.between(1, MAX_MILLIS))
        .importance(Importance.LOW)
        .group(TIMING)
        .displayName(displayName)
        .width(Width.SHORT);
  }

  /** How devices are asked. */
  public RequestSettings requests() {
    return new RequestSettings(
        duration(CONNECT_TIMEOUT_MS),
        duration(REQUEST_TIMEOUT_MS),
        config.getInt(MAX_TAGS_PER_REQUEST),
        config.getInt(REOPEN_AFTER_FAILURES),
        duration(RECHECK_MS),
        config.getInt(S7_MERGE_GAP_BYTES));
  }

  private Duration duration(String key) {
    return Duration.ofMillis(config.getLong(key));
  }
}
