// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of lost connections and of the connection test. */
public final class ConnectionConfig {
  private static final Duration MAX_BACKOFF = Duration.ofDays(1);

  public static final Key<Duration> RECONNECT_BACKOFF =
      Key.millis("reconnect.backoff.ms", 1000, 1, MAX_BACKOFF)
          .importance(Importance.LOW)
          .display("First pause before reconnecting (ms)")
          .doc(
              "Time to wait after a connection was lost or refused, in milliseconds. It doubles"
                  + " with every attempt and has a random part, so that devices are not called all"
                  + " at once.");

  public static final Key<Duration> RECONNECT_BACKOFF_MAX =
      Key.millis("reconnect.backoff.max.ms", 60_000, 1, MAX_BACKOFF)
          .importance(Importance.LOW)
          .display("Longest pause before reconnecting (ms)")
          .doc(
              "Maximum time between two attempts, in milliseconds. The connector retries without"
                  + " end; the task does not fail because a device is unreachable.");

  public static final Key<Boolean> QUALITY_ON_DISCONNECT =
      Key.flag("quality.on.disconnect", true)
          .display("Mark values of a lost device as bad")
          .doc(
              "Whether every tag of a device that goes offline gets one record of quality BAD, so"
                  + " that consumers do not take its last value for a current one.");

  public static final Key<Boolean> VALIDATE_CONNECTION =
      Key.flag("validate.connection", true)
          .importance(Importance.LOW)
          .display("Test the connection")
          .doc(
              "Whether creating or changing the connector first connects to the devices, and is"
                  + " refused if one cannot be reached. At most 10 connections are tested, in"
                  + " parallel; the time limit follows the protocol's connect timeout, and a test"
                  + " that takes longer does not count. Set it to false to create a connector"
                  + " before its devices are reachable, or to change a running connector whose"
                  + " devices accept a single connection.");

  public static final Keys KEYS =
      Keys.group(
          "Connection",
          RECONNECT_BACKOFF,
          RECONNECT_BACKOFF_MAX,
          QUALITY_ON_DISCONNECT,
          VALIDATE_CONNECTION);

  private ConnectionConfig() {}

  /** The contradictions between the keys. */
  public static List<ConfigError> check(Configuration config) {
    Duration first = config.get(RECONNECT_BACKOFF);
    Duration max = config.get(RECONNECT_BACKOFF_MAX);
    if (max.compareTo(first) >= 0) {
      return List.of();
    }
    return List.of(
        new ConfigError(
            RECONNECT_BACKOFF_MAX,
            "is "
                + max.toMillis()
                + ", which is less than the first pause "
                + RECONNECT_BACKOFF
                + "="
                + first.toMillis()
                + "; raise it or lower the other"));
  }
}
