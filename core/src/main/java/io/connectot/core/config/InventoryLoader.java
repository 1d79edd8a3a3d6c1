// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.RowSchema;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Reads the devices and tags of a configuration, from its lines and its files. */
public final class InventoryLoader {
  private InventoryLoader() {}

  /**
   * What was read.
   *
   * @param inventory what could be read; of use only without problems
   * @param problems what could not
   */
  public record Loaded<E, A>(Inventory<E, A> inventory, List<ConfigError> problems) {
    /**
     * The inventory.
     *
     * @throws org.apache.kafka.common.config.ConfigException when there are problems, with all of
     *     them
     */
    public Inventory<E, A> orThrow() {
      ConfigErrors.throwIfAny(problems);
      return inventory;
    }
  }

  /** Reads the devices and tags. Does not throw for anything the configuration holds. */
  public static <E, A> Loaded<E, A> load(
      SourceConfig config, Driver<E, A> driver, Protocol protocol) {
    ConfigErrors problems = new ConfigErrors();
    if (config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW
        && !(driver instanceof PollingDriver)) {
      problems.add(
          new ConfigError(
              MappingConfig.RECORD_LAYOUT,
              "row needs scans, but "
                  + protocol.name()
                  + " devices send values one by one; use measurement or value"));
    }
    DeviceReader<E> deviceReader = new DeviceReader<>(config.keys(), driver, problems);
    List<Device<E>> devices = deviceReader.read();
    Map<Tag<A>, Set<String>> tags =
        new TagReader<>(
                config.keys(), driver, protocol.tagOptions(), deviceReader.names(), problems)
            .read();
    Inventory<E, A> inventory = Inventory.of(devices, tags);
    if (problems.isEmpty()) {
      checkComplete(inventory, driver, problems);
    }
    if (problems.isEmpty()) {
      checkDevices(config, driver, devices, problems);
    }
    if (problems.isEmpty() && config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.ROW) {
      checkFields(inventory, config.keys(), problems);
    }
    if (problems.isEmpty()) {
      new TopicCheck(config.mapping(), problems).check(inventory);
    }
    return new Loaded<>(inventory, problems.list());
  }

  private static <E> void checkDevices(
      SourceConfig config, Driver<E, ?> driver, List<Device<E>> devices, ConfigErrors problems) {
    try {
      driver.checkDevices(devices);
    } catch (ConfigException e) {
      problems.add(
          new ConfigError(
              GuiltyKey.of(e, config.values().keySet(), InventoryConfig.DEVICES_FILE.name()),
              e.getMessage()));
    }
  }

  private static <A> void checkFields(
      Inventory<?, A> inventory, Configuration config, ConfigErrors problems) {
    Set<String> lines = InventoryConfig.tagLines(config).keySet();
    for (RowSchema.Problem problem : RowSchema.problems(inventory.tags())) {
      problems.add(
          lines.contains(problem.tag())
              ? new ConfigError(InventoryConfig.TAG_PREFIX + problem.tag(), problem.message())
              : new ConfigError(
                  InventoryConfig.TAGS_FILE, "tag '" + problem.tag() + "': " + problem.message()));
    }
  }

  private static <E, A> void checkComplete(
      Inventory<E, A> inventory, Driver<E, A> driver, ConfigErrors problems) {
    if (inventory.devices().isEmpty()) {
      problems.add(
          new ConfigError(
              InventoryConfig.DEVICES_FILE,
              "there are no devices: add a line devices.<name>=<url> for each, or a devices.file"));
    }
    if (driver.discoversTags()) {
      return;
    }
    if (inventory.tags().isEmpty()) {
      problems.add(
          new ConfigError(
              InventoryConfig.TAGS_FILE,
              "there are no tags: add a line tags.<name>=<address> for each, or a tags.file"));
      return;
    }
    for (Device<E> device : inventory.devices()) {
      if (inventory.tagsOf(device).isEmpty()) {
        problems.add(
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
