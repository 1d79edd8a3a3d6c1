// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.config.converter.RecordContent;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.config.inventory.InventoryLoader.Loaded;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.StreamingDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration before a connector is created: first every key for itself, then keys
 * against each other, then the lines and files of devices and tags, and last, if there are no
 * errors, the connections. Each error is on the key to change.
 */
public final class ConnectorValidator {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorValidator.class);

  /** The most tags of a device that are read. */
  private static final int MAX_TAGS = 1000;

  private final Protocol protocol;
  private final ConfigDef definition;
  private final Map<String, String> props;

  private ConnectorValidator(Protocol protocol, ConfigDef definition, Map<String, String> props) {
    this.protocol = protocol;
    this.definition = definition;
    this.props = new HashMap<>(props);
  }

  /** Checks a configuration against the definition of {@link SourceConfig}. Does not throw. */
  public static Config validate(Protocol protocol, Map<String, String> props) {
    return validate(protocol, props, SourceConfig.definition(protocol));
  }

  /**
   * Checks a configuration. Does not throw; takes the time of a connection test at most.
   *
   * @param definition the definition of {@link SourceConfig}, possibly with more keys
   */
  public static Config validate(
      Protocol protocol, Map<String, String> props, ConfigDef definition) {
    return new ConnectorValidator(protocol, definition, props).validate();
  }

  Config validate() {
    ConfigReport report = new ConfigReport(definition, props);
    List<String> wrongFields = report.wrongFields();
    List<ConfigError> errors = new ArrayList<>(unknownKeys().check(props));
    errors.addAll(
        wrongFields.isEmpty() ? checkTogether(report, props) : checkLines(report, wrongFields));
    return report.with(errors);
  }

  private UnknownKeys unknownKeys() {
    return new UnknownKeys(
        definition.names(),
        List.of(protocol.name() + ".", "ssl."),
        List.of(InventoryConfig.DEVICE_PREFIX, InventoryConfig.TAG_PREFIX));
  }

  /** The errors of the lines, as far as they can be checked while fields are invalid. */
  private List<ConfigError> checkLines(ConfigReport report, List<String> wrongFields) {
    Map<String, String> rest = new HashMap<>(props);
    wrongFields.forEach(rest::remove);
    rest.putIfAbsent(MappingConfig.TOPIC.name(), "topic");
    rest.put(ConnectionConfig.VALIDATE_CONNECTION.name(), "false");
    return checkTogether(report, rest).stream()
        .filter(error -> InventoryConfig.isOfLine(error.key()))
        .toList();
  }

  private List<ConfigError> checkTogether(ConfigReport report, Map<String, String> values) {
    return report.guarded(
        MappingConfig.TOPIC.name(),
        () -> {
          SourceConfig config = SourceConfig.unchecked(definition, protocol, values);
          List<ConfigError> errors = new ArrayList<>(config.errors());
          errors.addAll(converterRules(config).errors());
          return errors.isEmpty() ? checkInventory(config, protocol.bind(config)) : errors;
        });
  }

  private <E, A> List<ConfigError> checkInventory(SourceConfig config, Driver<E, A> driver) {
    Loaded<E, A> loaded = InventoryLoader.load(config, driver, protocol);
    List<ConfigError> errors = new ArrayList<>(loaded.errors());
    if (errors.isEmpty()) {
      errors.addAll(converterErrors(config, driver, loaded));
    }
    if (!errors.isEmpty() || !config.get(ConnectionConfig.VALIDATE_CONNECTION)) {
      return errors;
    }
    testConnections(config, driver, loaded.inventory(), errors);
    return errors;
  }

  private <E, A> void testConnections(
      SourceConfig config,
      Driver<E, A> driver,
      Inventory<E, A> inventory,
      List<ConfigError> errors) {
    Map<String, String> unreadable = new ConcurrentHashMap<>();
    boolean testsTags = config.get(InventoryConfig.VALIDATE_TAGS);
    new ConnectionTest(driver.testLimit())
        .run(
            inventory.devices(),
            device -> {
              driver.testConnection(device);
              // The connection test of a device that is polled reads on its own.
              if (testsTags || driver instanceof StreamingDriver) {
                List<Tag<A>> tags = inventory.tagsOf(device);
                driver
                    .unreadableTags(device, tags.subList(0, Math.min(MAX_TAGS, tags.size())))
                    .forEach(
                        (tag, why) ->
                            unreadable.putIfAbsent(tag, "device '" + device.name() + "': " + why));
              }
            })
        .forEach(
            (device, message) ->
                errors.add(ConnectionTest.unreachable(device, message, config.keys())));
    if (testsTags) {
      new TreeMap<>(unreadable)
          .forEach((tag, why) -> errors.add(unreadable(config.keys(), tag, why)));
    } else if (!unreadable.isEmpty()) {
      String example = new TreeMap<>(unreadable).firstKey();
      LOG.warn(
          "The connection test could not read {} tags, such as tag '{}' from {}",
          unreadable.size(),
          example,
          unreadable.get(example));
    }
  }

  private static ConfigError unreadable(Configuration config, String tag, String why) {
    return InventoryConfig.tagError(
        config,
        tag,
        "tag '"
            + tag
            + "' cannot be read from "
            + why
            + "; correct its line, or set "
            + InventoryConfig.VALIDATE_TAGS
            + "=false");
  }

  /** What the connector makes whatever its tags are. */
  private static ConverterRules converterRules(SourceConfig config) {
    ConverterRules rules = new ConverterRules(config.keys());
    RecordLayout layout = config.get(MappingConfig.RECORD_LAYOUT);
    if (layout != RecordLayout.VALUE) {
      rules.makes(
          RecordContent.STRUCT,
          MappingConfig.RECORD_LAYOUT + "=" + layout.name().toLowerCase(Locale.ROOT));
    }
    for (Key<Optional<NameTemplate>> topic :
        List.of(MappingConfig.STATUS_TOPIC, MappingConfig.GAP_TOPIC)) {
      if (config.get(topic).isPresent()) {
        rules.makes(RecordContent.STRUCT, topic.name());
      }
    }
    return rules;
  }

  /** What the connector makes of its tags and events, against the converters it names. */
  private static <E, A> List<ConfigError> converterErrors(
      SourceConfig config, Driver<E, A> driver, Loaded<E, A> loaded) {
    ConverterRules rules = new ConverterRules(config.keys());
    if (config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.VALUE) {
      for (Tag<A> tag : loaded.inventory().tags()) {
        RecordContent.of(tag.type())
            .ifPresent(content -> rules.makes(content, "tag '" + tag.name() + "'"));
      }
    }
    if (driver.eventRecords().isPresent()) {
      rules.makes(RecordContent.STRUCT, "the topic of events");
    }
    return rules.errors();
  }
}
