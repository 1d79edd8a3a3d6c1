// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.spi.LineException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sees to it that devices on one connection agree about it: its serial parameters, its backup and
 * its timing can only be one. Thread-safe.
 */
public final class SharedConnections {
  private final Map<String, Map<String, ModbusDevice>> connections = new LinkedHashMap<>();

  /**
   * Takes note of a device; of one that is known by name, instead of what was known.
   *
   * @return what names the connection, equal for devices that share it
   * @throws LineException when another device says something else about the same connection
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

  private static String difference(ModbusDevice one, ModbusDevice other) {
    if (!one.endpoint().equals(other.endpoint())) {
      return "other serial parameters";
    }
    if (!one.backup().equals(other.backup())) {
      return "another backup";
    }
    return one.connection().equals(other.connection()) ? null : "other timeouts, retries or pauses";
  }
}
