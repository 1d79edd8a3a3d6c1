// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations of Modbus connectors, with short timeouts for devices on the same machine. */
public final class ModbusSetup {
  private ModbusSetup() {}

  /** A connector for devices, named device1, device2 and so on; without tags. */
  public static Map<String, String> connector(String topic, List<FaultyDevice> devices) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", topic);
    config.put("report", "all");
    config.put("poll.interval.ms", "200");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "500");
    config.put("modbus.request.timeout.ms", "300");
    for (int i = 0; i < devices.size(); i++) {
      config.put("devices." + deviceName(i + 1), devices.get(i).url());
    }
    return config;
  }

  public static String deviceName(int number) {
    return "device" + number;
  }

  /** The number of a device, from its name. */
  public static int deviceNumber(String name) {
    return Integer.parseInt(name.substring("device".length()));
  }

  /** Adds a tag for each of the registers, and writes the registers of all devices. */
  public static void addPattern(
      Map<String, String> config, List<FaultyDevice> devices, int first, int count) {
    for (int address = first; address < first + count; address++) {
      config.put("tags.r" + address, "holding:" + address + " uint16");
    }
    for (int i = 0; i < devices.size(); i++) {
      Pattern.fill(devices.get(i), i + 1, first, count);
    }
  }

  /** The expected value of a tag of {@link #addPattern}. */
  public static int expected(String device, String tag) {
    return Pattern.word(deviceNumber(device), Integer.parseInt(tag.substring(1)));
  }
}
