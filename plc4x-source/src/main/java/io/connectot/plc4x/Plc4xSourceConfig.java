// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.session.BrowseSettings;
import io.connectot.plc4x.session.RequestSettings;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The {@code plc4x.*} keys of the source. */
final class Plc4xSourceConfig {
  static final Key<Mode> MODE =
      Key.choice("plc4x.mode", Mode.class, Mode.POLL)
          .importance(Importance.HIGH)
          .display("Poll or subscribe")
          .doc(
              "poll: every tag is read at its interval. subscribe: the driver reports changes, if"
                  + " it supports subscriptions: ads, opcua, knxnet-ip, s7 (alarms and events of an"
                  + " S7-300 or S7-400) and simulated.");

  static final Key<SubscriptionKind> SUBSCRIPTION =
      Key.choice("plc4x.subscription", SubscriptionKind.class, SubscriptionKind.CHANGE)
          .visibleWhen(MODE, Mode.SUBSCRIBE)
          .display("Subscriptions deliver")
          .doc(
              "When a subscription delivers a tag whose line has no subscription option: change"
                  + " when the value changes, cyclic at the tag's interval, event when the device"
                  + " sends an event. Each driver supports some of them.");

  static final Key<Optional<String>> BROWSE =
      Key.optional("plc4x.browse", null)
          .importance(Importance.LOW)
          .display("Browse for tags")
          .doc(
              "Query to browse a device with, in the driver's own syntax, for drivers that support"
                  + " browsing (ads). The tags found are subscribed to in addition to the"
                  + " configured ones, so it needs plc4x.mode=subscribe.");

  static final Key<Integer> REOPEN_AFTER_FAILURES =
      Key.integer("plc4x.reopen.after.failures", 3, 1, 1000)
          .importance(Importance.LOW)
          .display("Failed scans until the connection is dropped")
          .doc(
              "Number of consecutive scans in which no tag could be read after which the connection"
                  + " is closed and opened again.");

  static final Key<Duration> RECHECK =
      Key.millis("plc4x.recheck.ms", 300_000, 1, Duration.ofDays(1))
          .importance(Importance.LOW)
          .display("Recheck refused tags after (ms)")
          .doc(
              "Time after which a tag that made a whole request fail is added to it again, in"
                  + " milliseconds.");

  static final Key<Integer> S7_MERGE_GAP_BYTES =
      Key.integer("plc4x.s7.merge.gap.bytes", 16, 0, 1024)
          .importance(Importance.LOW)
          .display("S7 bytes to read over")
          .doc(
              "Maximum bytes without a tag that one read of the s7-light driver covers to join two"
                  + " reads.");

  static final Keys KEYS =
      Keys.of(
          Keys.group(
              "PLC4X devices",
              MODE,
              SUBSCRIPTION,
              BROWSE,
              Plc4xConfig.USERNAME,
              Plc4xConfig.PASSWORD),
          Keys.group(
              "PLC4X timing",
              Plc4xConfig.CONNECT_TIMEOUT,
              Plc4xConfig.REQUEST_TIMEOUT,
              REOPEN_AFTER_FAILURES),
          Keys.group(
              "PLC4X requests", Plc4xConfig.MAX_TAGS_PER_REQUEST, RECHECK, S7_MERGE_GAP_BYTES));

  private Plc4xSourceConfig() {}

  /** What to browse for, and how the tags found are subscribed. */
  static BrowseSettings browsing(Configuration config) {
    return new BrowseSettings(
        config.get(BROWSE), config.get(SUBSCRIPTION), config.get(PollingConfig.POLL_INTERVAL));
  }

  /** The settings of requests to devices of a driver. */
  static RequestSettings requests(Configuration config, String driver) {
    return new RequestSettings(
        config.get(Plc4xConfig.CONNECT_TIMEOUT),
        config.get(Plc4xConfig.REQUEST_TIMEOUT),
        Plc4xConfig.maxTagsPerRequest(config, driver),
        config.get(REOPEN_AFTER_FAILURES),
        config.get(RECHECK));
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException naming the key to change
   */
  static void check(Configuration config) {
    Plc4xConfig.login(config);
    if (config.get(BROWSE).isPresent() && config.get(MODE) == Mode.POLL) {
      throw config.error(
          BROWSE, "needs " + MODE + "=subscribe; in poll mode the tags must be configured");
    }
  }
}
