// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.model.Device;
import io.connectot.core.spi.DeviceLine;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.LineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads device lines and rows. For one thread.
 *
 * @param <E> the protocol's own device settings
 */
final class DeviceReader<E> {
  private static final List<String> COLUMNS = List.of("name", "url");

  private final Configuration config;
  private final Driver<E, ?> driver;
  private final ConfigErrors problems;
  private final List<Device<E>> devices = new ArrayList<>();
  private final Map<String, ConfigLocation> places = new HashMap<>();

  DeviceReader(Configuration config, Driver<E, ?> driver, ConfigErrors problems) {
    this.config = config;
    this.driver = driver;
    this.problems = problems;
  }

  /** The devices that can work; for the others there is a problem. */
  List<Device<E>> read() {
    InventoryConfig.deviceLines(config)
        .forEach(
            (name, url) ->
                add(
                    ConfigLocation.inline(InventoryConfig.DEVICE_PREFIX + name),
                    name,
                    url,
                    Map.of()));
    config.get(InventoryConfig.DEVICES_FILE).ifPresent(this::readFile);
    return devices;
  }

  /** The names of all devices read, also of those that cannot work. */
  Set<String> names() {
    return places.keySet();
  }

  private void readFile(String path) {
    Columns columns = new Columns(COLUMNS);
    for (TableRow row :
        TableFile.read(InventoryConfig.DEVICES_FILE.name(), path, COLUMNS, problems::add)) {
      Map<String, String> attributes = new LinkedHashMap<>();
      Map<String, String> cells = columns.split(row, attributes, problems::add);
      add(row.place(), cells.getOrDefault("name", ""), cells.get("url"), attributes);
    }
  }

  private void add(ConfigLocation place, String name, String url, Map<String, String> attributes) {
    try {
      NameRules.check("device", name);
      ConfigLocation other = places.putIfAbsent(name, place);
      if (other != null) {
        Duplicates.report("device", name, other, place, problems);
        return;
      }
      if (url == null || url.isBlank()) {
        throw new LineException("has no url; write <url> as the protocol has it");
      }
      Driver.ParsedDevice<E> parsed = driver.parseDevice(new DeviceLine(name, url.trim()));
      devices.add(new Device<>(name, parsed.endpoint(), parsed.settings(), attributes));
    } catch (LineException e) {
      problems.add(place.of(name).problem(e.getMessage()));
    } catch (RuntimeException e) {
      problems.add(place.of(name).problem(Unexpected.message("url", e)));
    }
  }
}
