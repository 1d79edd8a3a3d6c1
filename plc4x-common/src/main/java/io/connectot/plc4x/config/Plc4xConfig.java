// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.PollingConfig;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverRegistry.Login;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The {@code plc4x.*} keys. */
public final class Plc4xConfig {
  public static final Key<Mode> MODE =
      Key.choice("plc4x.mode", Mode.class, Mode.POLL)
          .importance(Importance.HIGH)
          .display("Poll or subscribe")
          .doc(
              "poll: every tag is read at its interval. subscribe: the driver reports changes, if"
                  + " it supports subscriptions: ads, opcua, knxnet-ip, s7 (alarms and events of an"
                  + " S7-300 or S7-400) and simulated.");

  public static final Key<SubscriptionKind> SUBSCRIPTION =
      Key.choice("plc4x.subscription", SubscriptionKind.class, SubscriptionKind.CHANGE)
          .visibleWhen(MODE, Mode.SUBSCRIBE)
          .display("Subscriptions deliver")
          .doc(
              "When a subscription delivers a tag whose line has no subscription option: change"
                  + " when the value changes, cyclic at the tag's interval, event when the device"
                  + " sends an event. Each driver supports some of them.");

  public static final Key<Optional<String>> BROWSE =
      Key.optional("plc4x.browse", null)
          .importance(Importance.LOW)
          .display("Browse for tags")
          .doc(
              "Query to browse a device with, in the driver's own syntax, for drivers that support"
                  + " browsing (ads). The tags found are subscribed to in addition to the"
                  + " configured ones, so it needs plc4x.mode=subscribe.");

  public static final Key<Optional<String>> USERNAME =
      Key.optional("plc4x.username", null)
          .display("User")
          .doc("User name for drivers that support authentication (opcua).");

  public static final Key<Optional<Password>> PASSWORD =
      Key.password("plc4x.password").display("Password").doc("Password of the user.");

  public static final Key<Duration> CONNECT_TIMEOUT =
      millis("plc4x.connect.timeout.ms", 10_000)
          .display("Connect timeout (ms)")
          .doc(
              "Maximum time to establish a connection, in milliseconds, including the driver's"
                  + " handshake.");

  public static final Key<Duration> REQUEST_TIMEOUT =
      millis("plc4x.request.timeout.ms", 5000)
          .importance(Importance.MEDIUM)
          .display("Request timeout (ms)")
          .doc(
              "Maximum time from a request to its response, in milliseconds. After a timeout the"
                  + " connection is closed and opened again.");

  public static final Key<Integer> REOPEN_AFTER_FAILURES =
      Key.integer("plc4x.reopen.after.failures", 3, 1, 1000)
          .importance(Importance.LOW)
          .display("Failed scans until the connection is dropped")
          .doc(
              "Number of consecutive scans in which no tag could be read after which the connection"
                  + " is closed and opened again.");

  public static final Key<Integer> MAX_TAGS_PER_REQUEST =
      Key.integer("plc4x.max.tags.per.request", 20, 1, 10_000)
          .display("Tags in a request")
          .doc(
              "Maximum addresses in one request. S7 devices answer at most 20 items; with the s7"
                  + " driver some never answer a larger request.");

  public static final Key<Duration> RECHECK =
      millis("plc4x.recheck.ms", 300_000)
          .display("Recheck refused tags after (ms)")
          .doc(
              "Time after which a tag that made a whole request fail is added to it again, in"
                  + " milliseconds.");

  public static final Key<Integer> S7_MERGE_GAP_BYTES =
      Key.integer("plc4x.s7.merge.gap.bytes", 16, 0, 1024)
          .importance(Importance.LOW)
          .display("S7 bytes to read over")
          .doc(
              "Maximum bytes without a tag that one read of the s7-light driver covers to join two"
                  + " reads.");

  public static final Keys KEYS =
      Keys.of(
          Keys.group("PLC4X devices", MODE, SUBSCRIPTION, BROWSE, USERNAME, PASSWORD),
          Keys.group("PLC4X timing", CONNECT_TIMEOUT, REQUEST_TIMEOUT, REOPEN_AFTER_FAILURES),
          Keys.group("PLC4X requests", MAX_TAGS_PER_REQUEST, RECHECK, S7_MERGE_GAP_BYTES));

  private Plc4xConfig() {}

  private static Key<Duration> millis(String name, long defaultValue) {
    return Key.millis(name, defaultValue, 1, Duration.ofDays(1)).importance(Importance.LOW);
  }

  /** What to look for in devices, and how it is delivered. */
  public static BrowseSettings browsing(Configuration config) {
    return new BrowseSettings(
        config.get(BROWSE), config.get(SUBSCRIPTION), config.get(PollingConfig.POLL_INTERVAL));
  }

  /**
   * The user to log in as, if any.
   *
   * @throws ConfigException if there is a password and no user
   */
  public static Optional<Login> login(Configuration config) {
    Optional<Password> password = config.get(PASSWORD);
    if (config.get(USERNAME).isEmpty() && password.isPresent()) {
      throw config.error(PASSWORD, "needs a " + USERNAME);
    }
    return config
        .get(USERNAME)
        .map(user -> new Login(user, password.map(Password::value).orElse("")));
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException naming the key to change
   */
  public static void check(Configuration config) {
    login(config);
    if (config.get(BROWSE).isPresent() && config.get(MODE) == Mode.POLL) {
      throw config.error(
          BROWSE, "needs " + MODE + "=subscribe; in poll mode the tags must be configured");
    }
  }

  /** The settings of requests. */
  public static RequestSettings requests(Configuration config) {
    return new RequestSettings(
        config.get(CONNECT_TIMEOUT),
        config.get(REQUEST_TIMEOUT),
        config.get(MAX_TAGS_PER_REQUEST),
        config.get(REOPEN_AFTER_FAILURES),
        config.get(RECHECK),
        config.get(S7_MERGE_GAP_BYTES));
  }
}
