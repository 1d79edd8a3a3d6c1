// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of connections and sessions: how long they may take, how much they carry. */
public final class OpcUaConnectionConfig {
  public static final String CONNECT_TIMEOUT_MS = "opcua.connect.timeout.ms";
  public static final String REQUEST_TIMEOUT_MS = "opcua.request.timeout.ms";
  public static final String SESSION_TIMEOUT_MS = "opcua.session.timeout.ms";
  public static final String KEEPALIVE_INTERVAL_MS = "opcua.keepalive.interval.ms";
  public static final String USE_DISCOVERED_HOST = "opcua.endpoint.use.discovered.host";
  public static final String SERVICE_LEVEL_MIN = "opcua.redundancy.service.level.min";
  public static final String SERVER_PROFILE = "opcua.server.profile";
  public static final String ITEMS_PER_CALL = "opcua.items.per.call";

  private static final String GROUP = "OPC UA connection";
  private static final int MAX_ITEMS = 1_000_000;

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaConnectionConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    addTimes(definition);
    Option.of(USE_DISCOVERED_HOST, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Use the host the server names")
        .width(Width.SHORT)
        .doc(
            "Whether to connect to the host and port that the server names in its endpoints rather"
                + " than to those of the device line. Servers often name hosts that only their own"
                + " network knows, so leave it off unless the device line names a discovery"
                + " server.")
        .addTo(definition);
    Option.of(SERVICE_LEVEL_MIN, ConfigDef.Type.INT)
        .defaultValue(200)
        .validator(Checks.between(1, 255))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Least service level")
        .width(Width.SHORT)
        .doc(
            "For devices with several URLs: the ServiceLevel below which a server is left for"
                + " another one, 1 to 255. Of several, the server with the highest level is used;"
                + " from 200 on a server calls itself healthy. Devices with one URL stay with it at"
                + " any level.")
        .addTo(definition);
    Option.choice(SERVER_PROFILE, ServerProfile.class, ServerProfile.AUTO)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Kind of server")
        .doc(
            "Whose limits hold where the server does not say them: those of a Siemens S7-1200 or"
                + " S7-1500, or generic ones. auto goes by the product name that the server gives.")
        .addTo(definition);
    Option.of(ITEMS_PER_CALL, ConfigDef.Type.INT)
        .defaultValue(1000)
        .validator(Checks.between(1, MAX_ITEMS))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Operations in a request")
        .width(Width.SHORT)
        .doc("The most nodes or items in one request. Where the server says less, that holds.")
        .addTo(definition);
  }

  private static void addTimes(ConfigDef definition) {
    millis(CONNECT_TIMEOUT_MS, 10_000, 100, Duration.ofMinutes(10), "Connect timeout (ms)")
        .doc(
            "The longest time to connect to one URL, in milliseconds, from the first packet to the"
                + " activated session.")
        .addTo(definition);
    millis(REQUEST_TIMEOUT_MS, 30_000, 100, Duration.ofHours(1), "Request timeout (ms)")
        .doc("The longest time from a request to its answer, in milliseconds.")
        .addTo(definition);
    millis(SESSION_TIMEOUT_MS, 120_000, 1000, Duration.ofDays(1), "Session timeout (ms)")
        .doc(
            "How long the server keeps a session from which it hears nothing, in milliseconds."
                + " Servers may choose another time. Subscriptions outlive their session.")
        .addTo(definition);
    millis(KEEPALIVE_INTERVAL_MS, 5000, 100, Duration.ofHours(1), "Keep alive (ms)")
        .doc(
            "How often the server is asked for its state, in milliseconds. A session is given up"
                + " when two such questions in a row are not answered.")
        .addTo(definition);
  }

  private static Option millis(String key, long value, long min, Duration max, String name) {
    return Option.of(key, ConfigDef.Type.LONG)
        .defaultValue(value)
        .validator(Checks.between(min, max.toMillis()))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName(name)
        .width(Width.SHORT);
  }

  /** What the keys say. */
  public SessionSettings settings() {
    return new SessionSettings(
        duration(CONNECT_TIMEOUT_MS),
        duration(REQUEST_TIMEOUT_MS),
        duration(SESSION_TIMEOUT_MS),
        duration(KEEPALIVE_INTERVAL_MS),
        config.getBoolean(USE_DISCOVERED_HOST),
        config.getInt(SERVICE_LEVEL_MIN),
        Choice.get(config, SERVER_PROFILE, ServerProfile.class),
        config.getInt(ITEMS_PER_CALL));
  }

  private Duration duration(String key) {
    return Duration.ofMillis(config.getLong(key));
  }
}
