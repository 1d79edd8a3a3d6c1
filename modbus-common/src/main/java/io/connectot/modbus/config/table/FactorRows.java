// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses of the rows of scale factors, which other rows name. For one table. */
final class FactorRows {
  private static final String EVERY_DEVICE = "";

  /** Name of a row, and device, to its address. */
  private final Map<String, Map<String, String>> addresses = new HashMap<>();

  void add(Map<String, String> cells) {
    String name = cells.get("name");
    String address = cells.get("address");
    if (name == null || address == null) {
      return;
    }
    try {
      String normal = VendorAddresses.normal(address);
      Map<String, String> byDevice = addresses.computeIfAbsent(name, any -> new LinkedHashMap<>());
      devices(cells).forEach(device -> byDevice.putIfAbsent(device, normal));
    } catch (LineException e) {
      // The row itself is refused.
    }
  }

  /** Whether a row has that name. */
  boolean contains(String name) {
    return addresses.containsKey(name);
  }

  /**
   * The address of the row with that name.
   *
   * @param cells the row that names it
   * @throws LineException when the devices of both rows do not fit
   */
  String address(String name, Map<String, String> cells) throws LineException {
    Map<String, String> byDevice = addresses.get(name);
    String ofEvery = byDevice.get(EVERY_DEVICE);
    Set<String> found = new HashSet<>();
    for (String device : devices(cells)) {
      if (device.equals(EVERY_DEVICE) && ofEvery == null) {
        found.addAll(byDevice.values());
      } else {
        found.add(byDevice.getOrDefault(device, ofEvery));
      }
    }
    if (found.size() != 1 || found.contains(null)) {
      throw new LineException(
          "the scale factor '"
              + name
              + "' has no address, or several, for the devices of this row; fill the column"
              + " 'device' in both rows");
    }
    return found.iterator().next();
  }

  private static List<String> devices(Map<String, String> cells) {
    String devices = cells.getOrDefault("device", EVERY_DEVICE);
    return Stream.of(devices.split("\\|", -1)).map(String::trim).toList();
  }
}
