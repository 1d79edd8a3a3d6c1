// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.NameRules;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.table.Columns;
import io.connectot.core.config.table.TableFile;
import io.connectot.core.config.table.TableRow;
import io.connectot.core.model.Device;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
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
  private final ConfigErrors errors;
  private final List<Device<E>> devices = new ArrayList<>();
  private final Map<String, ConfigLocation> locations = new HashMap<>();

  DeviceReader(Configuration config, Driver<E, ?> driver, ConfigErrors errors) {
    this.config = config;
    this.driver = driver;
    this.errors = errors;
  }

  /** The valid devices; for the others there is an error. */
  List<Device<E>> read() {
    InventoryConfig.deviceLines(config, errors)
        .forEach(line -> add(line.location(), line.name(), line.text(), Map.of()));
    config.get(InventoryConfig.DEVICES_FILE).ifPresent(this::readFile);
    return devices;
  }

  /** The names of all devices, including the invalid ones. */
  Set<String> names() {
    return locations.keySet();
  }

  private void readFile(String path) {
    Columns columns = new Columns(COLUMNS);
    for (TableRow row :
        TableFile.read(InventoryConfig.DEVICES_FILE.name(), path, COLUMNS, errors::add)) {
      Map<String, String> attributes = new LinkedHashMap<>();
      Map<String, String> cells = columns.split(row, attributes, errors::add);
      add(row.location(), cells.getOrDefault("name", ""), cells.get("url"), attributes);
    }
  }

  private void add(
      ConfigLocation location, String name, String url, Map<String, String> attributes) {
    try {
      NameRules.check("device", name);
      ConfigLocation other = locations.putIfAbsent(name, location);
      if (other != null) {
        Duplicates.report("device", name, other, location, errors);
        return;
      }
      if (url == null || url.isBlank()) {
        throw new LineException("has no url; write <url> in the form of the protocol");
      }
      Driver.ParsedDevice<E> parsed = driver.parseDevice(new DeviceLine(name, url.trim()));
      devices.add(new Device<>(name, parsed.endpoint(), parsed.settings(), attributes));
    } catch (LineException e) {
      errors.add(location.of(name).error(e.getMessage()));
    } catch (RuntimeException e) {
      errors.add(location.of(name).error(UnexpectedFailure.message("url", e)));
    }
  }
}
