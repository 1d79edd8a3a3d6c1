// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.plc4x.testing.S7Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several S7 controllers, each a Snap7 process. Their first data block contains the values. */
final class S7Field {
  private static final int SIZE = 4 * ScanRegisters.FLOATS + 2 * ScanRegisters.TENTHS;

  private S7Field() {}

  /**
   * Starts a number of controllers, prints their ports in one line, and ends when its input ends.
   */
  public static void main(String[] arguments) throws IOException {
    ByteBuffer memory = ByteBuffer.allocate(SIZE);
    for (int i = 0; i < ScanRegisters.FLOATS; i++) {
      memory.putFloat(20f + 0.01f * i);
    }
    for (int i = 0; i < ScanRegisters.TENTHS; i++) {
      memory.putShort((short) (200 + i));
    }
    List<S7Server> servers = new ArrayList<>();
    try {
      for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
        servers.add(S7Server.start(Map.of("DB1", memory.array())));
      }
      String ports =
          servers.stream()
              .map(server -> Integer.toString(server.port()))
              .collect(Collectors.joining(","));
      ChildJvm.answerParent(ports, () -> "");
    } finally {
      servers.forEach(S7Server::close);
    }
  }

  /** The address of a value. */
  static String address(int tag) {
    return tag < ScanRegisters.FLOATS
        ? "%DB1.DBD" + 4 * tag + ":REAL"
        : "%DB1.DBW" + (4 * ScanRegisters.FLOATS + 2 * (tag - ScanRegisters.FLOATS)) + ":INT";
  }
}
