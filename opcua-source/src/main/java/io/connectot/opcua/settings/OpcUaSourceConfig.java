// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import static io.connectot.opcua.config.OpcUaBrowseConfig.NODES_FILE;
import static io.connectot.opcua.settings.OpcUaSubscriptionConfig.MODE;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.PollingConfig;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaClientConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.OpcUaValueConfig;
import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.config.TagLineParser;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig.Mode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code opcua.*} keys of the source, and the checks that concern several of them. */
public final class OpcUaSourceConfig {
  public static final Keys KEYS =
      Keys.of(
          OpcUaClientConfig.KEYS,
          OpcUaSubscriptionConfig.KEYS,
          OpcUaResumeConfig.KEYS,
          OpcUaBrowseConfig.KEYS,
          OpcUaValueConfig.KEYS,
          OpcUaEventConfig.KEYS);

  /** OPC UA's own options of a tag line, among them the server's own deadband. */
  public static final Set<String> TAG_OPTIONS = TagLineParser.OPTIONS;

  private static final Logger LOG = LoggerFactory.getLogger(OpcUaSourceConfig.class);

  private OpcUaSourceConfig() {}

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when they contradict each other, naming one of them
   */
  public static void check(Configuration config) {
    OpcUaClientConfig.check(config);
    OpcUaSubscriptionConfig.check(config);
    ModeRules.check(config);
  }

  /** Whether scans become rows, and not values records of their own. */
  public static boolean makesRows(Configuration config) {
    return config.get(MODE) == Mode.POLL
        && config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW;
  }

  /**
   * Reads the file of published nodes, if one is configured.
   *
   * @throws ConfigException when it cannot be read, naming its key
   */
  public static PublishedNodes publishedNodes(Configuration config) {
    Optional<String> file = config.get(NODES_FILE);
    if (file.isEmpty()) {
      return PublishedNodes.NONE;
    }
    try {
      return PublishedNodes.read(file.get());
    } catch (LineException e) {
      throw config.error(NODES_FILE, e.getMessage());
    }
  }

  /**
   * Checks that every node of the file belongs to a device, and logs fields without effect.
   *
   * @throws ConfigException when some do not, naming the key of the file
   */
  public static void checkPublishedNodes(Configuration config, Collection<OpcUaDevice> devices) {
    PublishedNodes published = publishedNodes(config);
    ModeRules.unused(published, config.get(MODE))
        .ifPresent(
            unused -> LOG.warn("{}={}: {}", NODES_FILE, config.get(NODES_FILE).orElse(""), unused));
    List<String> strange = published.urlsOfNone(devices);
    if (!strange.isEmpty()) {
      throw config.error(
          NODES_FILE,
          "has nodes of "
              + String.join(", ", strange.subList(0, Math.min(5, strange.size())))
              + (strange.size() > 5 ? " and " + (strange.size() - 5) + " more servers" : "")
              + ", which no device has as its URL; add a line devices.<name>=<url>, write the URL"
              + " as in the device's line, or remove the entries");
    }
  }

  /**
   * Parses a tag line.
   *
   * @throws LineException when it is malformed, or an option has no effect in the connector's mode
   */
  public static ParsedTag<OpcUaTag> parseTag(Configuration config, TagLine line)
      throws LineException {
    ParsedTag<OpcUaTag> parsed = TagLineParser.parse(line);
    ModeRules.check(parsed.address().item(), config.get(MODE));
    return parsed;
  }

  /**
   * Parses a tag line whose values have a column of their own in a row.
   *
   * @throws LineException as {@link #parseTag}, or when it has no type
   */
  public static ParsedTag<OpcUaTag> parseColumn(Configuration config, TagLine line)
      throws LineException {
    ParsedTag<OpcUaTag> parsed = parseTag(config, line);
    if (parsed.address().declared().isEmpty()) {
      throw new LineException(
          "needs a type with "
              + MappingConfig.RECORD_LAYOUT
              + "=row, e.g. type=float64: the columns of a row are the same whether the server"
              + " answers or not");
    }
    if (parsed.address().item().skipFirst().isPresent()) {
      throw new LineException(
          "skip.first has no effect with " + MappingConfig.RECORD_LAYOUT + "=row; remove it");
    }
    return parsed;
  }

  /**
   * Checks the common options of a tag.
   *
   * @throws LineException when one has no effect in the connector's mode
   */
  public static void checkTag(Configuration config, Tag<OpcUaTag> tag) throws LineException {
    ModeRules.check(tag, config.get(MODE), config.get(PollingConfig.POLL_INTERVAL));
  }
}
