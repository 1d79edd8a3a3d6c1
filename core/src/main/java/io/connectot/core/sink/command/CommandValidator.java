// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.config.inventory.InventoryLoader.Loaded;
import io.connectot.core.config.validation.ConfigReport;
import io.connectot.core.config.validation.ConnectionTest;
import io.connectot.core.config.validation.UnknownKeys;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.WritingDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Checks the configuration of a sink that writes tags: every key for itself, keys against each
 * other, the lines and files of devices and tags, and the connections. Each error is on the key to
 * change.
 */
final class CommandValidator {
  private final Protocol protocol;
  private final ConfigDef definition;
  private final Map<String, String> props;

  CommandValidator(Protocol protocol, Map<String, String> props) {
    this.protocol = protocol;
    this.definition = CommandProtocol.definition(protocol);
    this.props = new HashMap<>(props);
  }

  Config validate() {
    ConfigReport report = new ConfigReport(definition, props);
    List<ConfigError> errors =
        new ArrayList<>(
            UnknownKeys.ofSink(
                    definition.names(),
                    List.of(protocol.name() + ".", "ssl."),
                    List.of(
                        InventoryConfig.DEVICE_PREFIX,
                        InventoryConfig.TAG_PREFIX,
                        CommandConfig.PRODUCER_PREFIX,
                        CommandConfig.CONVERTER_PREFIX))
                .check(props));
    List<String> wrongFields = report.wrongFields();
    errors.addAll(
        report.guarded(
            CommandConfig.RESULT_TOPIC.name(),
            () -> wrongFields.isEmpty() ? checkTogether() : checkLines(wrongFields)));
    return report.with(errors);
  }

  private List<ConfigError> checkTogether() {
    Configuration config = Configuration.parse(definition, props);
    List<ConfigError> errors = new ArrayList<>(ConnectionConfig.check(config));
    errors.addAll(CommandConfig.check(config));
    if (errors.isEmpty()) {
      ResultTopic.checkConverter(config);
    }
    return errors.isEmpty()
        ? checkInventory(config, CommandProtocol.writing(protocol, config.kafka()))
        : errors;
  }

  /** The errors of the lines, as far as they can be checked while fields are invalid. */
  private List<ConfigError> checkLines(List<String> wrongFields) {
    Map<String, String> rest = new HashMap<>(props);
    wrongFields.forEach(rest::remove);
    rest.put(ConnectionConfig.VALIDATE_CONNECTION.name(), "false");
    Configuration config = Configuration.parse(definition, rest);
    return checkInventory(config, CommandProtocol.writing(protocol, config.kafka())).stream()
        .filter(error -> InventoryConfig.isOfLine(error.key()))
        .toList();
  }

  private <E, A> List<ConfigError> checkInventory(
      Configuration config, WritingDriver<E, A> driver) {
    Loaded<E, A> loaded = InventoryLoader.loadWritable(config, driver, protocol);
    List<ConfigError> errors = new ArrayList<>(loaded.errors());
    if (errors.isEmpty() && config.get(ConnectionConfig.VALIDATE_CONNECTION)) {
      new ConnectionTest(driver.testLimit())
          .run(driver, loaded.inventory().devices())
          .forEach(
              (device, message) -> errors.add(ConnectionTest.unreachable(device, message, config)));
    }
    return errors;
  }
}
