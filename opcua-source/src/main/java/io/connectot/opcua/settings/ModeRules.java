// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.DEADBAND;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.DISCARD_OLDEST;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.ITEMS_PER_SUBSCRIPTION;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.KEEPALIVE;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.LIFETIME;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.MAX_PUBLISH_REQUESTS;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.MODE;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.PUBLISHING_INTERVAL;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.QUEUE_OUTAGE_FACTOR;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.QUEUE_SIZE;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.SAMPLING_INTERVAL;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.TRIGGER;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.config.common.ReportConfig;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Rejects keys and options of tags that have no effect in a mode. Keys that are set to their
 * default are accepted, as forms send every key.
 */
final class ModeRules {
  private static final String SUBSCRIBE = MODE + "=subscribe";
  private static final String POLL = MODE + "=poll";

  /** The keys without effect in mode poll, and what to set instead. */
  private static final Map<Key<?>, String> OF_SUBSCRIPTIONS = ofSubscriptions();

  /** The keys without effect on rows. */
  private static final List<Key<?>> OF_RESUMING =
      List.of(
          OpcUaSubscriptionConfig.SKIP_FIRST,
          OpcUaResumeConfig.RESUME,
          OpcUaResumeConfig.HISTORY,
          OpcUaResumeConfig.HISTORY_START,
          OpcUaResumeConfig.MAX_GAP,
          OpcUaResumeConfig.SETTLE,
          OpcUaResumeConfig.VALUES_PER_NODE,
          OpcUaResumeConfig.NODES_PER_CALL);

  /** Fields of published nodes that have no effect in any mode, in the order they are named. */
  private static final List<String> UNUSED_FILE_FIELDS =
      List.of(
          "DataSetPublishingInterval",
          "DataSetPublishingIntervalTimespan",
          "OpcPublishingInterval",
          "OpcPublishingIntervalTimespan",
          "EndpointSecurityMode",
          "EndpointSecurityPolicy",
          "OpcAuthenticationMode",
          "OpcAuthenticationUsername",
          "OpcAuthenticationPassword");

  private static final List<String> FILE_FIELDS_OF_SUBSCRIPTIONS =
      List.of(
          "DataSetSamplingInterval",
          "DataSetSamplingIntervalTimespan",
          "OpcSamplingInterval",
          "OpcSamplingIntervalTimespan",
          "QueueSize",
          "DiscardNew",
          "DataChangeTrigger",
          "DeadbandType");

  private ModeRules() {}

  private static Map<Key<?>, String> ofSubscriptions() {
    String interval = "set the interval of reads with " + PollingConfig.POLL_INTERVAL;
    Map<Key<?>, String> keys = new LinkedHashMap<>();
    keys.put(PUBLISHING_INTERVAL, interval);
    keys.put(SAMPLING_INTERVAL, interval);
    keys.put(DEADBAND, "set " + ReportConfig.REPORT + "=changes and " + ReportConfig.DEADBAND);
    for (Key<?> key :
        List.of(
            QUEUE_SIZE,
            QUEUE_OUTAGE_FACTOR,
            DISCARD_OLDEST,
            TRIGGER,
            ITEMS_PER_SUBSCRIPTION,
            NOTIFICATIONS_PER_PUBLISH,
            LIFETIME,
            KEEPALIVE,
            MAX_PUBLISH_REQUESTS)) {
      keys.put(key, "remove it");
    }
    return keys;
  }

  /**
   * Checks the keys.
   *
   * @throws ConfigException naming one that has no effect
   */
  static void check(Configuration config) {
    boolean rows = OpcUaSourceConfig.makesRows(config);
    if (rows) {
      checkRows(config);
    }
    if (config.isChanged(PollingConfig.POLL_THREADS) && !rows) {
      throw config.error(
          PollingConfig.POLL_THREADS,
          "has no effect: one session reads the nodes of a server; remove it");
    }
    if (config.get(MODE) == Mode.POLL) {
      OF_SUBSCRIPTIONS.forEach(
          (key, remedy) -> {
            if (config.isChanged(key)) {
              throw config.error(key, ofSubscriptionsOnly(remedy));
            }
          });
      if (config.get(OpcUaEventConfig.TOPIC).isPresent()) {
        throw config.error(
            OpcUaEventConfig.TOPIC, "events need subscriptions; remove it, or set " + SUBSCRIBE);
      }
      return;
    }
    if (config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      throw config.error(
          MappingConfig.RECORD_LAYOUT,
          "row needs scans, and with "
              + SUBSCRIBE
              + " values come one by one; set "
              + POLL
              + ", or use measurement or value");
    }
    if (config.isChanged(PollingConfig.POLL_INTERVAL)) {
      throw config.error(
          PollingConfig.POLL_INTERVAL,
          "has no effect with "
              + SUBSCRIBE
              + ", where the server samples the nodes; set "
              + SAMPLING_INTERVAL
              + " and "
              + PUBLISHING_INTERVAL
              + " instead, or "
              + POLL);
    }
  }

  /** A scan of a row is not read again: what is missing is a gap of the device. */
  private static void checkRows(Configuration config) {
    String row = MappingConfig.RECORD_LAYOUT + "=row";
    for (Key<?> key : OF_RESUMING) {
      if (config.isChanged(key)) {
        throw config.error(
            key,
            "has no effect with "
                + row
                + ", whose scans cannot be read again; remove it, or use another layout");
      }
    }
    for (Key<?> key : List.of(OpcUaBrowseConfig.ROOTS, OpcUaBrowseConfig.NODES_FILE)) {
      if (config.isSet(key)) {
        throw config.error(
            key,
            "finds nodes at runtime, and "
                + row
                + " needs its columns before; write a line"
                + " tags.<name> for each node, or use another layout");
      }
    }
  }

  /**
   * Checks the options of a tag that all protocols have.
   *
   * @param usual the interval of tags without their own
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
              + ", where the server samples the node; write sampling="
              + tag.interval().toMillis()
              + "ms instead, or set "
              + POLL);
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

  /**
   * Which fields of published nodes have no effect and what to set instead, for the log; empty for
   * none.
   */
  static Optional<String> unused(PublishedNodes nodes, Mode mode) {
    List<String> unused = new ArrayList<>(UNUSED_FILE_FIELDS);
    if (mode == Mode.POLL) {
      unused.addAll(FILE_FIELDS_OF_SUBSCRIPTIONS);
    }
    unused.retainAll(nodes.fields());
    return unused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", unused)
                + " of its entries have no effect with opcua.mode="
                + mode.name().toLowerCase(Locale.ROOT)
                + "; set "
                + (mode == Mode.POLL
                    ? "poll.interval.ms, report, deadband and heartbeat.ms"
                    : "opcua.publishing.interval.ms, opcua.sampling.interval.ms and heartbeat.ms"
                        + " for all nodes, and OpcSamplingInterval and HeartbeatInterval for one")
                + " instead; security and the user come from opcua.security.* and opcua.auth.*");
  }

  private static void check(String option, boolean present, String remedy) throws LineException {
    if (present) {
      throw new LineException(option + " " + ofSubscriptionsOnly(remedy));
    }
  }

  private static String ofSubscriptionsOnly(String remedy) {
    return "has no effect with "
        + POLL
        + ", where there are no subscriptions; "
        + remedy
        + ", or set "
        + SUBSCRIBE;
  }
}
