// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import io.connectot.quickstart.plant.mqtt.MqttPlant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Runs the simulated plant alone, for a worker in another process, until the process ends. */
public final class Main {
  private Main() {}

  /** Takes no arguments. The devices listen on the ports of the example configurations. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (ModbusPlant plant = ModbusPlant.start();
        MqttPlant mqtt = MqttPlant.start();
        OpcUaPlant opcUa = OpcUaPlant.start()) {
      out.println(
          "The plant is ready: " + plant.devices() + ", " + mqtt.broker() + ", " + opcUa.server());
      new CountDownLatch(1).await();
    }
  }
}
