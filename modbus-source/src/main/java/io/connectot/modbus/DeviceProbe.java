// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.sunspec.SunSpecWalk;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads some tags of a device, to check that it is there and is a Modbus device. */
final class DeviceProbe {
  /** The most tags that are read. */
  static final int MAX_TAGS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(DeviceProbe.class);

  /** Unanswered requests after which the test ends; a single register may be silent. */
  private static final int MAX_SILENT = 2;

  private final Device<ModbusDevice> device;
  private final ModbusConnection connection;
  private final List<String> refused = new ArrayList<>();
  private boolean answered;
  private int silent;
  private ProtocolException failure;

  DeviceProbe(Device<ModbusDevice> device, ModbusConnection connection) {
    this.device = device;
    this.connection = connection;
  }

  /**
   * Reads tags. Those that the device rejects are logged, because they may belong to other devices.
   *
   * @throws ProtocolException when there is no connection, or the device answers nothing
   */
  void run(List<ModbusTag> tags) throws ProtocolException {
    connection.open();
    for (ModbusTag tag : tags) {
      if (!tag.models().isEmpty()) {
        // Its address is known after the walk, which fails where there is no SunSpec device.
        new SunSpecWalk(connection, device.settings().unit()).models();
        return;
      }
      if (silent < MAX_SILENT) {
        read(tag);
      }
    }
    if (!answered && failure != null) {
      throw failure;
    }
    if (!refused.isEmpty()) {
      LOG.warn(
          "Device {} at {} does not read these tags: {}",
          device.name(),
          connection.endpoint(),
          String.join(", ", refused));
    }
  }

  private void read(ModbusTag tag) throws ProtocolException {
    int unit = tag.unit().orElse(device.settings().unit());
    try {
      connection.read(unit, tag.address().table(), tag.address().address(), tag.codec().quantity());
      answered = true;
    } catch (ModbusExceptionResponse e) {
      if (e.code().isGateway()) {
        failed(
            tag,
            new ProtocolException(
                Kind.TRANSIENT,
                Scope.DEVICE,
                e.code().toString(),
                "the gateway at "
                    + connection.endpoint()
                    + " got no response from unit "
                    + unit
                    + " ("
                    + e.code()
                    + "); check the unit identifier and the serial line behind the gateway",
                null));
      } else {
        answered = true;
        refused.add(tag + " (" + e.code() + ")");
      }
    } catch (ProtocolException e) {
      if (e.scope() == Scope.CONNECTION) {
        throw e;
      }
      failed(tag, e);
    }
  }

  private void failed(ModbusTag tag, ProtocolException cause) {
    silent++;
    failure = cause;
    refused.add(tag + " (" + cause.status() + ")");
  }
}
