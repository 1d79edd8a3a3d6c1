// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say what happens when a device is not there. */
public final class ConnectionConfig {
  public static final String RECONNECT_BACKOFF_MS = "reconnect.backoff.ms";
  public static final String RECONNECT_BACKOFF_MAX_MS = "reconnect.backoff.max.ms";
  public static final String QUALITY_ON_DISCONNECT = "quality.on.disconnect";
  public static final String VALIDATE_CONNECTION = "validate.connection";

  private static final String GROUP = "Connection";
  private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public ConnectionConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    addReconnectTo(definition);
    Option.of(QUALITY_ON_DISCONNECT, ConfigDef.Type.BOOLEAN)
        .defaultValue(true)
        .group(GROUP)
        .displayName("Mark values of a lost device as bad")
        .width(Width.SHORT)
        .doc(
            "Whether every tag of a device that goes offline gets one record of quality BAD, so"
                + " that no consumer takes its last value for a live one.")
        .addTo(definition);
    return addValidationTo(
        definition,
        "Whether creating or changing the connector connects to the devices first and is"
            + " refused when one does not answer. At most 10 connections are tested, all at"
            + " once, within 5 seconds, so that a long device list does not delay the reply."
            + " Set it to false to create a connector before its devices are there, and for"
            + " devices that accept a single connection when you change a running connector.");
  }

  /** Adds only the pauses between attempts to connect. */
  public static ConfigDef addReconnectTo(ConfigDef definition) {
    Option.of(RECONNECT_BACKOFF_MS, ConfigDef.Type.LONG)
        .defaultValue(1000L)
        .validator(Checks.between(1, MAX_MILLIS))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("First pause before reconnecting (ms)")
        .width(Width.SHORT)
        .doc(
            "How long to wait after a connection was lost or refused, in milliseconds. The pause"
                + " doubles from attempt to attempt, with a random part so that devices are not"
                + " called all at once.")
        .addTo(definition);
    Option.of(RECONNECT_BACKOFF_MAX_MS, ConfigDef.Type.LONG)
        .defaultValue(60_000L)
        .validator(Checks.between(1, MAX_MILLIS))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Longest pause before reconnecting (ms)")
        .width(Width.SHORT)
        .doc(
            "The longest pause between two attempts, in milliseconds. Attempts go on for ever; the"
                + " task does not fail because a device is away.")
        .addTo(definition);
    return definition;
  }

  /**
   * Adds only the switch for the connection test.
   *
   * @param doc what the documentation says about it: what is connected to, and when to say no
   */
  public static ConfigDef addValidationTo(ConfigDef definition, String doc) {
    Option.of(VALIDATE_CONNECTION, ConfigDef.Type.BOOLEAN)
        .defaultValue(true)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Test the connection")
        .width(Width.SHORT)
        .doc(doc)
        .addTo(definition);
    return definition;
  }

  /** The first pause. */
  public Duration reconnectBackoff() {
    return Duration.ofMillis(config.getLong(RECONNECT_BACKOFF_MS));
  }

  /** The longest pause, not shorter than the first. */
  public Duration reconnectBackoffMax() {
    return Duration.ofMillis(config.getLong(RECONNECT_BACKOFF_MAX_MS));
  }

  /** Whether the tags of a device that goes offline turn BAD. */
  public boolean qualityOnDisconnect() {
    return config.getBoolean(QUALITY_ON_DISCONNECT);
  }

  /** Whether {@code validate()} connects. */
  public boolean validateConnection() {
    return config.getBoolean(VALIDATE_CONNECTION);
  }

  /** What the keys contradict each other in. */
  public List<ConfigError> problems() {
    if (reconnectBackoffMax().compareTo(reconnectBackoff()) >= 0) {
      return List.of();
    }
    return List.of(
        new ConfigError(
            RECONNECT_BACKOFF_MAX_MS,
            "is "
                + reconnectBackoffMax().toMillis()
                + ", which is less than the first pause "
                + RECONNECT_BACKOFF_MS
                + "="
                + reconnectBackoff().toMillis()
                + "; raise it or lower the other"));
  }
}
