// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.PollingConfig;
import io.connectot.core.config.ReportConfig;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.config.SubscriptionSettings.Mode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which keys and options of tags are of no use in a mode: whoever sets one is told so, instead of
 * waiting for an effect. Forms that send every key with its default value are let through.
 */
final class ModeKeys {
  private static final String SUBSCRIBE = OpcUaSubscriptionConfig.MODE + "=subscribe";
  private static final String POLL = OpcUaSubscriptionConfig.MODE + "=poll";
  private static final String HEARTBEAT =
      "a server that is subscribed to sends nothing while a value does not change, so that there is"
          + " nothing to repeat; remove it, or set "
          + POLL;

  private static final Map<String, Object> DEFAULTS = defaults();

  /** What has no effect while nodes are read, and what to set instead. */
  private static final Map<String, String> OF_SUBSCRIPTIONS = ofSubscriptions();

  private ModeKeys() {}

  private static Map<String, Object> defaults() {
    ConfigDef definition = new ConfigDef();
    PollingConfig.KEYS.addTo(definition);
    OpcUaSubscriptionConfig.addTo(definition);
    return definition.defaultValues();
  }

  private static Map<String, String> ofSubscriptions() {
    String interval = "say how often nodes are read with " + PollingConfig.POLL_INTERVAL;
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put(OpcUaSubscriptionConfig.PUBLISHING_INTERVAL_MS, interval);
    keys.put(OpcUaSubscriptionConfig.SAMPLING_INTERVAL_MS, interval);
    keys.put(
        OpcUaSubscriptionConfig.DEADBAND,
        "set " + ReportConfig.REPORT + "=changes and " + ReportConfig.DEADBAND);
    for (String key :
        new String[] {
          OpcUaSubscriptionConfig.QUEUE_SIZE,
          OpcUaSubscriptionConfig.QUEUE_OUTAGE_FACTOR,
          OpcUaSubscriptionConfig.DISCARD_OLDEST,
          OpcUaSubscriptionConfig.TRIGGER,
          OpcUaSubscriptionConfig.ITEMS_PER_SUBSCRIPTION,
          OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH,
          OpcUaSubscriptionConfig.LIFETIME_MS,
          OpcUaSubscriptionConfig.KEEPALIVE_MS,
          OpcUaSubscriptionConfig.MAX_PUBLISH_REQUESTS
        }) {
      keys.put(key, "remove it");
    }
    return keys;
  }

  /**
   * Checks the keys.
   *
   * @throws ConfigException naming one that has no effect
   */
  static void check(AbstractConfig config, Mode mode) {
    if (isSet(config, PollingConfig.POLL_THREADS.name())) {
      throw problem(
          config,
          PollingConfig.POLL_THREADS.name(),
          "has no effect: the nodes of a server are read by one session; remove it");
    }
    if (mode == Mode.POLL) {
      OF_SUBSCRIPTIONS.forEach(
          (key, remedy) -> {
            if (isSet(config, key)) {
              throw problem(config, key, ofSubscriptionsOnly(remedy));
            }
          });
      return;
    }
    if (isSet(config, PollingConfig.POLL_INTERVAL.name())) {
      throw problem(
          config,
          PollingConfig.POLL_INTERVAL.name(),
          "has no effect with "
              + SUBSCRIBE
              + ", where the server looks at the nodes; set "
              + OpcUaSubscriptionConfig.SAMPLING_INTERVAL_MS
              + " and "
              + OpcUaSubscriptionConfig.PUBLISHING_INTERVAL_MS
              + " instead, or "
              + POLL);
    }
    if (new Configuration(config).get(ReportConfig.HEARTBEAT).isPresent()) {
      throw problem(config, ReportConfig.HEARTBEAT.name(), HEARTBEAT);
    }
  }

  /**
   * Checks the options of a tag that all protocols have.
   *
   * @param usual how often nodes are read whose lines do not say it
   * @throws LineException when one has no effect
   */
  static void check(Tag<OpcUaTag> tag, Mode mode, Duration usual) throws LineException {
    if (mode == Mode.POLL) {
      return;
    }
    if (!tag.interval().equals(usual)) {
      throw new LineException(
          "interval has no effect with "
              + SUBSCRIBE
              + ", where the server looks at the node; write sampling="
              + tag.interval().toMillis()
              + "ms instead, or set "
              + POLL);
    }
    if (tag.report().heartbeat().isPresent()) {
      throw new LineException("heartbeat: " + HEARTBEAT);
    }
  }

  /**
   * Checks the options of a tag that are OPC UA's own.
   *
   * @throws LineException when one has no effect
   */
  static void check(ItemSettings item, Mode mode) throws LineException {
    if (mode == Mode.SUBSCRIBE) {
      return;
    }
    check("sampling", item.sampling().isPresent(), "write interval instead");
    check("queue", item.queue().isPresent(), "remove it");
    check("discard", item.discardOldest().isPresent(), "remove it");
    check("trigger", item.trigger().isPresent(), "remove it");
    check(
        "deadband",
        item.deadband().isPresent(),
        "set the connector's " + ReportConfig.REPORT + "=changes and " + ReportConfig.DEADBAND);
  }

  private static void check(String option, boolean present, String remedy) throws LineException {
    if (present) {
      throw new LineException(option + " " + ofSubscriptionsOnly(remedy));
    }
  }

  private static String ofSubscriptionsOnly(String remedy) {
    return "has no effect with "
        + POLL
        + ", where nothing is subscribed to; "
        + remedy
        + ", or set "
        + SUBSCRIBE;
  }

  private static boolean isSet(AbstractConfig config, String key) {
    return config.originals().containsKey(key)
        && !Objects.equals(config.values().get(key), DEFAULTS.get(key));
  }

  private static ConfigException problem(AbstractConfig config, String key, String message) {
    return new ConfigException(key, config.values().get(key), message);
  }
}
