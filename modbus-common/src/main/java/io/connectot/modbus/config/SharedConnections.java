// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that devices on one connection have the same serial parameters, backup and timing.
 * Thread-safe.
 */
public final class SharedConnections {
  private final Map<String, Map<String, ModbusDevice>> connections = new LinkedHashMap<>();
  private final List<String> shared;

  /**
   * @param shared the keys that all devices on a connection share
   */
  public SharedConnections(Keys shared) {
    this.shared = shared.names();
  }

  /**
   * Adds a device, in place of an earlier one with its name.
   *
   * @return the name of the connection, equal for devices that share it
   * @throws LineException when another device configures the same connection differently
   */
  public synchronized String join(String name, ModbusDevice device) throws LineException {
    connections.values().forEach(devices -> devices.remove(name));
    String line = line(device.endpoint());
    Map<String, ModbusDevice> others =
        connections.computeIfAbsent(line, key -> new LinkedHashMap<>());
    for (Map.Entry<String, ModbusDevice> entry : others.entrySet()) {
      String difference = difference(device, entry.getValue());
      if (difference != null) {
        throw new LineException(
            "shares "
                + device.endpoint().url()
                + " with device "
                + entry.getKey()
                + " but has "
                + difference
                + "; devices on one connection need the same");
      }
    }
    others.put(name, device);
    return device.endpoint().url();
  }

  private static String line(ModbusEndpoint endpoint) {
    return endpoint instanceof ModbusEndpoint.Serial serial ? serial.device() : endpoint.url();
  }

  private String difference(ModbusDevice one, ModbusDevice other) {
    if (!one.endpoint().equals(other.endpoint())) {
      return "other serial parameters";
    }
    if (!one.backup().equals(other.backup())) {
      return "another backup";
    }
    Map<String, ?> values = one.config().kafka().values();
    Map<String, ?> others = other.config().kafka().values();
    return shared.stream().allMatch(key -> values.get(key).equals(others.get(key)))
        ? null
        : "other timeouts, retries or pauses";
  }
}
