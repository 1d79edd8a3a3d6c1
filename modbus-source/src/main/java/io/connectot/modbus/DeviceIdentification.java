// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the devices behind a connection tell about themselves: Modbus Application Protocol V1.1b3
 * §6.21. A device is asked after its first answered scan on a connection. One that rejects the
 * request or does not answer it is not asked again. For one thread at a time.
 */
final class DeviceIdentification {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceIdentification.class);

  private static final String[] NAMES = {
    "vendor_name",
    "product_code",
    "major_minor_revision",
    "vendor_url",
    "product_name",
    "model_name",
    "user_application_name"
  };

  private static final int BASIC = 1;
  private static final int EXTENDED = 3;

  /** The most requests for one device: objects are numbered 0 to 255. */
  private static final int MAX_REQUESTS = 64;

  /** Conformity level, more follows, next object, number of objects. */
  private static final int HEADER = 4;

  /** How often a device is asked when responses are in doubt. */
  private static final int MAX_DOUBTS = 3;

  private final ModbusConnection connection;
  private final Map<String, State> states = new HashMap<>();

  private static final class State {
    private boolean due = true;
    private int doubts;
    private Map<String, String> attributes = Map.of();
  }

  DeviceIdentification(ModbusConnection connection) {
    this.connection = connection;
  }

  /** There is a new connection: firmware may have been updated, or a device replaced. */
  void connected() {
    states.values().forEach(state -> state.due |= !state.attributes.isEmpty());
  }

  /** What a device reported; empty before the request, and when it reports nothing. */
  Map<String, String> of(Device<ModbusDevice> device) {
    State state = states.get(device.name());
    return state == null ? Map.of() : state.attributes;
  }

  /** Asks a device that just answered a scan, if that is due. */
  void ask(Device<ModbusDevice> device) {
    State state = states.computeIfAbsent(device.name(), name -> new State());
    if (!state.due) {
      return;
    }
    state.due = false;
    int unit = device.settings().unit();
    try {
      Map<String, String> told = read(unit);
      if (!connection.confirm()) {
        state.due = ++state.doubts < MAX_DOUBTS;
      } else if (!told.equals(state.attributes)) {
        state.attributes = told;
        LOG.info("Device {} at {} unit {}: {}", device.name(), connection.endpoint(), unit, told);
      }
    } catch (ModbusExceptionResponse e) {
      LOG.info("Device {} has no device identification: {}", device.name(), e.code());
    } catch (ProtocolException e) {
      // The next scan finds out whether the connection is lost.
      state.due = e.scope() == Scope.CONNECTION;
      LOG.info("Device {} has no device identification: {}", device.name(), e.getMessage());
    }
  }

  private Map<String, String> read(int unit) throws ModbusExceptionResponse, ProtocolException {
    Map<String, String> told = new TreeMap<>();
    int requests = 0;
    int levels = BASIC;
    for (int category = BASIC; category <= levels; category++) {
      // A device that has no object of this number begins with the first one too.
      int object = 0;
      boolean more = true;
      while (more && requests++ < MAX_REQUESTS) {
        byte[] data;
        try {
          data = connection.identification(unit, category, object);
        } catch (ModbusExceptionResponse e) {
          if (category == BASIC) {
            throw e;
          }
          break;
        }
        levels = Math.min(EXTENDED, data[0] & 0x7F);
        take(data, told);
        int next = data[2] & 0xFF;
        more = data[1] != 0 && next > object;
        object = next;
      }
    }
    return Map.copyOf(told);
  }

  private static void take(byte[] data, Map<String, String> told) {
    int at = HEADER;
    for (int i = data[3] & 0xFF; i > 0; i--) {
      int object = data[at] & 0xFF;
      int length = data[at + 1] & 0xFF;
      String text = new String(data, at + 2, length, StandardCharsets.UTF_8).strip();
      int end = text.indexOf('\0');
      text = end < 0 ? text : text.substring(0, end).strip();
      // Objects of vendors may be anything.
      if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) {
        told.put(object < NAMES.length ? NAMES[object] : "object_" + object, text);
      }
      at += 2 + length;
    }
  }
}
