// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.config.InventoryLoader.Loaded;
import io.connectot.core.model.Device;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration before a connector is created: first every key for itself, then keys
 * against each other, then the lines and files of devices and tags, and last, when all is well, the
 * connections. What is wrong stands on the guilty key.
 */
public final class ConnectorValidator {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorValidator.class);

  private final Protocol protocol;
  private final ConfigDef definition;
  private final Map<String, String> props;
  private final ConnectionTest connectionTest;

  ConnectorValidator(
      Protocol protocol,
      ConfigDef definition,
      Map<String, String> props,
      ConnectionTest connectionTest) {
    this.protocol = protocol;
    this.definition = definition;
    this.props = new HashMap<>(props);
    this.connectionTest = connectionTest;
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
    return new ConnectorValidator(protocol, definition, props, new ConnectionTest()).validate();
  }

  Config validate() {
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    for (ConfigValue value : definition.validate(props)) {
      values.put(value.name(), value);
    }
    List<String> wrongFields =
        values.values().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .map(ConfigValue::name)
            .toList();
    List<Problem> problems = new ArrayList<>(unknownKeys().check(props));
    problems.addAll(wrongFields.isEmpty() ? checkTogether(props) : checkLines(wrongFields));
    for (Problem problem : problems) {
      values.computeIfAbsent(problem.key(), ConfigValue::new).addErrorMessage(problem.toString());
    }
    return new Config(new ArrayList<>(values.values()));
  }

  private UnknownKeys unknownKeys() {
    return new UnknownKeys(
        definition.names(),
        List.of(protocol.name() + ".", "ssl."),
        List.of(InventoryConfig.DEVICE_PREFIX, InventoryConfig.TAG_PREFIX));
  }

  /** What is wrong with the lines, as far as that can be told while fields are wrong. */
  private List<Problem> checkLines(List<String> wrongFields) {
    Map<String, String> rest = new HashMap<>(props);
    wrongFields.forEach(rest::remove);
    rest.putIfAbsent(MappingConfig.TOPIC, "topic");
    rest.put(ConnectionConfig.VALIDATE_CONNECTION, "false");
    return checkTogether(rest).stream()
        .filter(
            problem ->
                problem.key().startsWith(InventoryConfig.DEVICE_PREFIX)
                    || problem.key().startsWith(InventoryConfig.TAG_PREFIX))
        .toList();
  }

  private List<Problem> checkTogether(Map<String, String> values) {
    try {
      SourceConfig config = SourceConfig.unchecked(definition, protocol, values);
      List<Problem> problems = config.problems();
      return problems.isEmpty() ? checkInventory(config, protocol.bind(config)) : problems;
    } catch (ConfigException e) {
      return List.of(
          new Problem(GuiltyKey.of(e, definition.names(), MappingConfig.TOPIC), e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("Could not check the configuration", e);
      return List.of(
          new Problem(
              MappingConfig.TOPIC,
              "the configuration could not be checked, which is a bug of this connector ("
                  + e.getClass().getSimpleName()
                  + "); the log of the worker has more"));
    }
  }

  private <E, A> List<Problem> checkInventory(SourceConfig config, Driver<E, A> driver) {
    Loaded<E, A> loaded = InventoryLoader.load(config, driver, protocol);
    if (!loaded.problems().isEmpty()
        || !config.validateConnection()
        || !(driver instanceof PollingDriver<E, A> polling)) {
      return loaded.problems();
    }
    List<Problem> problems = new ArrayList<>();
    connectionTest
        .run(polling, loaded.inventory().devices())
        .forEach((device, message) -> problems.add(unreachable(device, message)));
    return problems;
  }

  private Problem unreachable(Device<?> device, String message) {
    String line = InventoryConfig.DEVICE_PREFIX + device.name();
    return new Problem(
        props.containsKey(line) ? line : InventoryConfig.DEVICES_FILE,
        "device '"
            + device.name()
            + "' cannot be reached: "
            + message
            + " (to create the connector all the same, set "
            + ConnectionConfig.VALIDATE_CONNECTION
            + "=false)");
  }
}
