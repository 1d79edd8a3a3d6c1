// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Option;
import io.connectot.core.config.PollingConfig;
import io.connectot.core.config.VisibleWhen;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverRegistry.Login;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The {@code plc4x.*} keys. */
public final class Plc4xConfig {
  public static final String MODE = "plc4x.mode";
  public static final String SUBSCRIPTION = "plc4x.subscription";
  public static final String BROWSE = "plc4x.browse";
  public static final String USERNAME = "plc4x.username";
  public static final String PASSWORD = "plc4x.password";
  public static final String CONNECT_TIMEOUT_MS = "plc4x.connect.timeout.ms";
  public static final String REQUEST_TIMEOUT_MS = "plc4x.request.timeout.ms";
  public static final String MAX_TAGS_PER_REQUEST = "plc4x.max.tags.per.request";
  public static final String REOPEN_AFTER_FAILURES = "plc4x.reopen.after.failures";
  public static final String RECHECK_MS = "plc4x.recheck.ms";
  public static final String S7_MERGE_GAP_BYTES = "plc4x.s7.merge.gap.bytes";

  private static final String ACCESS = "PLC4X devices";
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
    addAccess(definition);
    addTiming(definition);
    addRequests(definition);
  }

  private static void addAccess(ConfigDef definition) {
    Option.choice(MODE, Mode.class, Mode.POLL)
        .importance(Importance.HIGH)
        .group(ACCESS)
        .displayName("Poll or subscribe")
        .doc(
            "poll: every tag is read at its interval. subscribe: the driver tells what changes,"
                + " where it can; with ads, opcua, knxnet-ip, s7 (alarms and events of an S7-300 or"
                + " S7-400) and simulated.")
        .dependents(SUBSCRIPTION)
        .addTo(definition);
    Option.choice(SUBSCRIPTION, SubscriptionKind.class, SubscriptionKind.CHANGE)
        .group(ACCESS)
        .displayName("Subscriptions deliver")
        .recommender(VisibleWhen.is(MODE, "subscribe").offering(Choice.of(SubscriptionKind.class)))
        .doc(
            "When a subscription delivers, of tags whose line has no subscription option: change"
                + " when a value changes, cyclic at the tag's interval, event when the device has"
                + " something to say. Drivers know some of them only.")
        .addTo(definition);
    Option.of(BROWSE, ConfigDef.Type.STRING)
        .defaultValue(null)
        .importance(Importance.LOW)
        .group(ACCESS)
        .displayName("Browse for tags")
        .doc(
            "What to look for in a device, in the driver's syntax, for drivers that can browse"
                + " (ads). What is found is subscribed to beside the configured tags, so it needs"
                + " plc4x.mode=subscribe.")
        .addTo(definition);
    Option.of(USERNAME, ConfigDef.Type.STRING)
        .defaultValue(null)
        .group(ACCESS)
        .displayName("User")
        .doc("The user that devices ask for, with drivers that have any (opcua).")
        .addTo(definition);
    Option.of(PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(ACCESS)
        .displayName("Password")
        .doc("The password of the user.")
        .addTo(definition);
  }

  private static void addTiming(ConfigDef definition) {
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
  }

  private static void addRequests(ConfigDef definition) {
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

  /** Who begins. */
  public Mode mode() {
    return Choice.get(config, MODE, Mode.class);
  }

  /** When a subscription delivers, where a tag's line says nothing else. */
  public SubscriptionKind subscription() {
    return Choice.get(config, SUBSCRIPTION, SubscriptionKind.class);
  }

  /** What to browse for. */
  public Optional<String> browse() {
    return Optional.ofNullable(config.getString(BROWSE)).filter(query -> !query.isBlank());
  }

  /** What to look for in devices, and how to hear of it. */
  public BrowseSettings browsing() {
    Duration interval = new Configuration(config).get(PollingConfig.POLL_INTERVAL);
    return new BrowseSettings(browse(), subscription(), interval);
  }

  /**
   * Who to say one is; null for nobody.
   *
   * @throws ConfigException when there is a password and no user
   */
  public Login login() {
    String user = config.getString(USERNAME);
    Password password = config.getPassword(PASSWORD);
    if (user == null || user.isBlank()) {
      if (password != null) {
        throw new ConfigException(PASSWORD, Password.HIDDEN, "needs a " + USERNAME);
      }
      return null;
    }
    return new Login(user, password == null ? "" : password.value());
  }

  /**
   * Checks what keys mean together.
   *
   * @throws ConfigException naming the guilty key
   */
  public void check() {
    login();
    if (browse().isPresent() && mode() == Mode.POLL) {
      throw new ConfigException(
          BROWSE, browse().get(), "needs " + MODE + "=subscribe; what is polled has to be listed");
    }
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
