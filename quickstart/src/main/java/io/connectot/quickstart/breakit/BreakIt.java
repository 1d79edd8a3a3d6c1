// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.breakit;

import io.connectot.quickstart.plant.ModbusPlant;
import io.connectot.quickstart.plant.OpcUaPlant;
import io.connectot.quickstart.plant.mqtt.MqttPlant;
import java.util.Map;

/**
 * What can be broken in the plant. Thread-safe.
 *
 * @param modbus the devices that can be unplugged
 * @param mqtt has a device that can send nonsense
 * @param opcUa has a press that can raise an alarm
 */
public record BreakIt(ModbusPlant modbus, MqttPlant mqtt, OpcUaPlant opcUa) {

  /** Whether each device is plugged in, by name. */
  Map<String, Boolean> devices() {
    return modbus.pluggedIn();
  }

  /**
   * Unplugs a device, or plugs it in again.
   *
   * @return false if there is no such device
   */
  boolean plug(String device, boolean in) {
    return in ? modbus.plugIn(device) : modbus.unplug(device);
  }

  /** Makes a device send a message that is not JSON. */
  void sendBadPayload() {
    mqtt.sendBadPayload();
  }

  /** Raises the alarm of a press, or clears it. */
  void alarm(boolean active) {
    opcUa.alarm(active);
  }

  /** Whether the alarm is active. */
  boolean isAlarm() {
    return opcUa.isAlarm();
  }
}
