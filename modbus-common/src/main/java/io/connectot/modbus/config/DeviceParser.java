// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Parses device lines. A parameter with the name of an overridable {@code modbus.*} key without its
 * prefix overrides that key for the device.
 */
public final class DeviceParser {
  private static final String PREFIX = "modbus.";

  /** Units 248 to 255 are reserved on a serial line: Modbus over Serial Line V1.02 §2.2. */
  private static final int MAX_SERIAL_UNIT = 247;

  private static final int MAX_UNIT = 255;

  private final Map<String, String> defaults = new HashMap<>();
  private final ConfigDef overridable;
  private final List<String> parameters = new ArrayList<>(List.of("unit", "backup"));

  /**
   * @param config the connector's configuration, which applies where a line overrides nothing
   * @param overridable the keys that parameters override
   */
  public DeviceParser(Configuration config, Keys overridable) {
    this.overridable = overridable.definition();
    for (String key : overridable.names()) {
      defaults.put(key, config.kafka().values().get(key).toString());
      parameters.add(key.substring(PREFIX.length()));
    }
  }

  /**
   * Parses a device URL.
   *
   * @throws LineException when it is invalid; the message names the remedy
   */
  public ModbusDevice parse(String text) throws LineException {
    DeviceUrl url = DeviceUrl.parse(text);
    ModbusEndpoint endpoint = EndpointParser.parse(url);
    LineOptions options = url.parameters();
    int unit = unit(options, url.transport());
    Optional<String> backupText = options.text("backup");
    Optional<ModbusEndpoint> backup =
        backupText.isPresent()
            ? Optional.of(EndpointParser.backup(backupText.get(), url.transport()))
            : Optional.empty();
    if (backup.isPresent() && backup.get().url().equals(endpoint.url())) {
      throw new LineException("backup= names the device's own connection; leave it out");
    }
    ModbusDevice device = new ModbusDevice(endpoint, backup, unit, overridden(options));
    List<String> known = new ArrayList<>(parameters);
    if (url.transport().isSerial()) {
      known.addAll(EndpointParser.SERIAL_PARAMETERS);
    }
    url.refuseUnknown(known);
    return device;
  }

  private static int unit(LineOptions options, ModbusTransport transport) throws LineException {
    int unit = options.integer("unit", 0, MAX_UNIT).orElse(1);
    boolean line = transport.isSerial() || transport == ModbusTransport.RTU_TCP;
    if (line && unit == 0) {
      throw new LineException(
          "unit=0: is the broadcast address of a serial line, which units do not answer; write 1 to"
              + " "
              + MAX_SERIAL_UNIT);
    }
    if (transport.isSerial() && unit > MAX_SERIAL_UNIT) {
      throw new LineException(
          "unit=" + unit + ": is reserved on a serial line; write 1 to " + MAX_SERIAL_UNIT);
    }
    return unit;
  }

  private Configuration overridden(LineOptions options) throws LineException {
    Map<String, String> values = new HashMap<>(defaults);
    for (String key : defaults.keySet()) {
      String parameter = key.substring(PREFIX.length());
      Optional<String> text = options.text(parameter);
      if (text.isPresent()) {
        values.put(key, text.get());
        List<String> errors = overridable.validateAll(values).get(key).errorMessages();
        if (!errors.isEmpty()) {
          throw new LineException(
              parameter
                  + "="
                  + text.get()
                  + ": "
                  + errors.get(0).replaceAll("^.*" + key + ": ", ""));
        }
      }
    }
    return Configuration.parse(overridable, values);
  }
}
