// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import java.util.LinkedHashMap;
import java.util.Map;

/** The devices by protocol; all have the values of {@link ScanRegisters}. */
enum Fleet {
  /** Modbus TCP. */
  MODBUS("modbus", "io.connectot.modbus.ModbusSourceConnector", FieldServer.class) {
    @Override
    String url(String port) {
      return "tcp://127.0.0.1:" + port + "?unit=1";
    }

    @Override
    String endpoint(int port) {
      return "tcp://127.0.0.1:" + port;
    }

    @Override
    Map<String, String> allTags() {
      return ScanRegisters.allTags();
    }

    @Override
    BareDevice open(int port) throws Exception {
      return new BareModbus(port);
    }
  },

  /** S7 through PLC4X. */
  S7("plc4x:s7-light", "io.connectot.plc4x.Plc4xSourceConnector", S7Field.class) {
    @Override
    String url(String port) {
      return "s7-light://127.0.0.1:" + port;
    }

    @Override
    String endpoint(int port) {
      return url(Integer.toString(port));
    }

    @Override
    Map<String, String> allTags() {
      Map<String, String> lines = new LinkedHashMap<>();
      for (int i = 0; i < ScanRegisters.TAGS; i++) {
        lines.put(
            "tags." + ScanRegisters.NAMES.get(i),
            S7Field.address(i) + (i < ScanRegisters.FLOATS ? "" : " scale=" + ScanRegisters.TENTH));
      }
      return lines;
    }

    @Override
    BareDevice open(int port) throws Exception {
      return new BareS7(url(Integer.toString(port)));
    }
  };

  private final String protocol;
  private final String connectorClass;
  private final Class<?> server;

  Fleet(String protocol, String connectorClass, Class<?> server) {
    this.protocol = protocol;
    this.connectorClass = connectorClass;
    this.server = server;
  }

  /** The protocol name in records. */
  String protocol() {
    return protocol;
  }

  String connectorClass() {
    return connectorClass;
  }

  /**
   * The main class of the devices' process: its argument is the number of devices, its first line
   * their ports.
   */
  Class<?> server() {
    return server;
  }

  /** The device line of the connector. */
  abstract String url(String port);

  /** The endpoint in records. */
  abstract String endpoint(int port);

  /** The tag lines of the connector for all values. */
  abstract Map<String, String> allTags();

  /** Connects to a device without a connector. */
  abstract BareDevice open(int port) throws Exception;
}
