// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.mapping.RowSchema;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.WritingDriver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Reads the devices and tags of a configuration, from its lines and its files. */
public final class InventoryLoader {
  private InventoryLoader() {}

  /**
   * The result.
   *
   * @param inventory the valid devices and tags; only complete without errors
   * @param errors why others are invalid
   */
  public record Loaded<E, A>(Inventory<E, A> inventory, List<ConfigError> errors) {
    /**
     * The inventory.
     *
     * @throws org.apache.kafka.common.config.ConfigException when there are errors, with all of
     *     them
     */
    public Inventory<E, A> orThrow() {
      ConfigErrors.throwIfAny(errors);
      return inventory;
    }
  }

  /** Reads the devices and tags. Does not throw for errors of the configuration. */
  public static <E, A> Loaded<E, A> load(
      SourceConfig config, Driver<E, A> driver, Protocol protocol) {
    ConfigErrors errors = new ConfigErrors();
    if (config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW
        && !(driver instanceof PollingDriver)) {
      errors.add(
          new ConfigError(
              MappingConfig.RECORD_LAYOUT,
              "row needs scans, but "
                  + protocol.name()
                  + " devices send values one by one; use measurement or value"));
    }
    DeviceReader<E> deviceReader = new DeviceReader<>(config.keys(), driver, errors);
    List<Device<E>> devices = deviceReader.read();
    Map<Tag<A>, Set<String>> tags =
        new TagReader<>(config.keys(), driver, protocol, deviceReader.names(), errors).read();
    Inventory<E, A> inventory = Inventory.of(devices, tags);
    if (errors.isEmpty()) {
      checkComplete(inventory, driver, errors);
    }
    if (errors.isEmpty()) {
      checkDevices(config.keys(), driver, devices, errors);
    }
    if (errors.isEmpty() && config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      checkFields(inventory, config.keys(), errors);
    }
    if (errors.isEmpty()) {
      new TopicCheck(config, driver.eventRecords(), errors).check(inventory);
    }
    return new Loaded<>(inventory, errors.list());
  }

  /**
   * Reads the devices of a sink, with the tags that may be written and those that conditions of
   * writes are about. Does not throw for errors of the configuration.
   */
  public static <E, A> Loaded<E, A> loadWritable(
      Configuration config, WritingDriver<E, A> driver, Protocol protocol) {
    ConfigErrors errors = new ConfigErrors();
    DeviceReader<E> deviceReader = new DeviceReader<>(config, driver, errors);
    List<Device<E>> devices = deviceReader.read();
    Map<Tag<A>, Set<String>> tags =
        new TagReader<>(config, driver, protocol, deviceReader.names(), errors).read();
    Inventory<E, A> all = Inventory.of(devices, tags);
    if (errors.isEmpty()) {
      WritableTags.check(all, tags, config, errors);
    }
    if (errors.isEmpty()) {
      checkDevices(config, driver, devices, errors);
    }
    return new Loaded<>(WritableTags.select(devices, tags), errors.list());
  }

  private static <E> void checkDevices(
      Configuration config, Driver<E, ?> driver, List<Device<E>> devices, ConfigErrors errors) {
    try {
      driver.checkDevices(devices);
    } catch (ConfigException e) {
      errors.add(
          ConfigError.of(e, config.kafka().values().keySet(), InventoryConfig.DEVICES_FILE.name()));
    }
  }

  private static <A> void checkFields(
      Inventory<?, A> inventory, Configuration config, ConfigErrors errors) {
    for (RowSchema.Problem error : RowSchema.problems(inventory.tags())) {
      errors.add(InventoryConfig.tagError(config, error.tag(), error.message()));
    }
  }

  private static <E, A> void checkComplete(
      Inventory<E, A> inventory, Driver<E, A> driver, ConfigErrors errors) {
    if (inventory.devices().isEmpty()) {
      errors.add(
          new ConfigError(
              InventoryConfig.DEVICES_FILE,
              "there are no devices: add a line devices.<name>=<url> for each, or a devices.file"));
    }
    if (driver.discoversTags()) {
      return;
    }
    if (inventory.tags().isEmpty()) {
      errors.add(
          new ConfigError(
              InventoryConfig.TAGS_FILE,
              "there are no tags: add a line tags.<name>=<address> for each, or a tags.file"));
      return;
    }
    for (Device<E> device : inventory.devices()) {
      if (inventory.tagsOf(device).isEmpty()) {
        errors.add(
            new ConfigError(
                InventoryConfig.TAGS_FILE,
                "device '"
                    + device.name()
                    + "' has no tags: every tag is narrowed to other devices; add tags for it, or"
                    + " remove it"));
      }
    }
  }
}
