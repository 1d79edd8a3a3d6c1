// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.PollingConfig;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.config.SubscriptionSettings.Mode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code opcua.*} keys, put together from the fragments beside this class. */
public final class OpcUaConfig {
  /** The options of a tag line that are OPC UA's own, among them the server's own deadband. */
  public static final Set<String> TAG_OPTIONS =
      Set.of("sampling", "queue", "discard", "trigger", "deadband", "index.range", "skip.first");

  private static final Logger LOG = LoggerFactory.getLogger(OpcUaConfig.class);

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    OpcUaConnectionConfig.addTo(definition);
    OpcUaSecurityConfig.addTo(definition);
    OpcUaIdentityConfig.addTo(definition);
    OpcUaSubscriptionConfig.addTo(definition);
    OpcUaResumeConfig.addTo(definition);
    OpcUaBrowseConfig.addTo(definition);
    OpcUaValueConfig.addTo(definition);
    OpcUaEventConfig.addTo(definition);
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when they contradict each other, naming one of them
   */
  public void check() {
    OpcUaSubscriptionConfig subscription = new OpcUaSubscriptionConfig(config);
    subscription.check();
    ModeKeys.check(config, subscription.mode());
    Optional<String> topic = events().topic();
    if (topic.isPresent() && subscription.mode() == Mode.POLL) {
      throw new ConfigException(
          OpcUaEventConfig.TOPIC,
          topic.get(),
          "events need subscriptions; remove it, or set "
              + OpcUaSubscriptionConfig.MODE
              + "=subscribe");
    }
  }

  /**
   * Reads the file of published nodes, where there is one.
   *
   * @throws ConfigException when it cannot be read, naming its key
   */
  public PublishedNodes publishedNodes() {
    Optional<String> file = browse().nodesFile();
    if (file.isEmpty()) {
      return PublishedNodes.NONE;
    }
    try {
      return PublishedNodes.read(file.get());
    } catch (LineException e) {
      throw new ConfigException(OpcUaBrowseConfig.NODES_FILE, file.get(), e.getMessage());
    }
  }

  /**
   * Checks that the nodes of the file are of devices, and logs what else of it has no effect.
   *
   * @throws ConfigException when some are not, naming the key of the file
   */
  public void checkPublishedNodes(Collection<OpcUaDevice> devices) {
    PublishedNodes published = publishedNodes();
    published
        .unused(new OpcUaSubscriptionConfig(config).mode())
        .ifPresent(
            unused ->
                LOG.warn(
                    "{}={}: {}",
                    OpcUaBrowseConfig.NODES_FILE,
                    browse().nodesFile().orElse(""),
                    unused));
    List<String> strange = published.urlsOfNone(devices);
    if (!strange.isEmpty()) {
      throw new ConfigException(
          OpcUaBrowseConfig.NODES_FILE,
          browse().nodesFile().orElse(""),
          "has nodes of "
              + String.join(", ", strange.subList(0, Math.min(5, strange.size())))
              + (strange.size() > 5 ? " and " + (strange.size() - 5) + " more servers" : "")
              + ", which no device has as its URL, so that nobody would read them; add a line"
              + " devices.<name>=<url>, write the URL as in the device's line, or remove the"
              + " entries");
    }
  }

  /**
   * How connections to servers are made.
   *
   * @throws ConfigException when keys contradict each other
   */
  public ClientSettings client() {
    return new ClientSettings(
        new OpcUaConnectionConfig(config).settings(),
        new OpcUaSecurityConfig(config).settings(),
        new OpcUaIdentityConfig(config).settings());
  }

  /** How nodes are read. */
  public SubscriptionSettings subscription() {
    return new OpcUaSubscriptionConfig(config).settings();
  }

  /** How values are found that the connector was not there to receive. */
  public ResumeSettings resume() {
    return new OpcUaResumeConfig(config).settings();
  }

  /** What reads tag lines. */
  public TagLines tagLines() {
    return new TagLines(new OpcUaSubscriptionConfig(config).mode());
  }

  /**
   * Checks the options of a tag that all protocols have.
   *
   * @throws LineException when one has no effect in the mode of the connector
   */
  public void checkTag(Tag<OpcUaTag> tag) throws LineException {
    ModeKeys.check(
        tag,
        new OpcUaSubscriptionConfig(config).mode(),
        new Configuration(config).get(PollingConfig.POLL_INTERVAL));
  }

  /** Which nodes need no tag lines. */
  public OpcUaBrowseConfig browse() {
    return new OpcUaBrowseConfig(config);
  }

  /** How values become values of records. */
  public ValueSettings values() {
    return new OpcUaValueConfig(config).settings();
  }

  /**
   * Which events and alarms become records.
   *
   * @throws ConfigException when a key cannot be read
   */
  public EventSettings events() {
    return new OpcUaEventConfig(config).settings();
  }

  /** Whether nodes are found by browsing, so that no tag line is needed. */
  public boolean browses() {
    return browse().findsNodes();
  }
}
