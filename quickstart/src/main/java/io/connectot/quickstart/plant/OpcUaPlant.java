// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.stack.core.NodeIds;

/** The OPC UA server of the simulated plant: two presses, which sometimes overheat. */
public final class OpcUaPlant implements AutoCloseable {
  /** The address in the example configuration. */
  static final int PORT = 14840;

  /** The temperature that the first press is to have. */
  private static final String SET_POINT = "Press1.SetPoint";

  /** The alarm that somebody raises. */
  private static final String ALARM = "Pressed";

  private static final double FIRST_SET_POINT = 85;
  private static final long STEP_MS = 250;
  private static final long STOP_LIMIT_MS = 5_000;
  private static final double ALARM_PERIOD_SECONDS = 30;
  private static final double ALARM_SECONDS = 10;

  private final PlantServer server;
  private final Thread clock = new Thread(this::run, "opcua-plant-clock");
  private final long startNanos = System.nanoTime();

  private final AtomicBoolean alarm = new AtomicBoolean();

  /** Confined to the clock thread. */
  private boolean hot;

  private OpcUaPlant(PlantServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @throws IOException if another program uses its port
   */
  public static OpcUaPlant start() throws IOException {
    if (!Ports.isFree(PORT)) {
      throw new IOException(
          "the OPC UA server of the simulated plant needs the TCP port "
              + PORT
              + ", which another program uses: end it (a second quickstart?) and try again");
    }
    return start(PORT);
  }

  /** Starts the server on another port. */
  public static OpcUaPlant start(int port) {
    PlantServer server = PlantServer.start(PlantOptions.DEFAULT.withPort(port));
    server.add(SET_POINT, NodeIds.Double, FIRST_SET_POINT);
    OpcUaPlant plant = new OpcUaPlant(server);
    plant.clock.setDaemon(true);
    plant.clock.start();
    return plant;
  }

  /** The server's address, e.g. {@code opc.tcp://localhost:14840/plant}. */
  public String server() {
    return server.url();
  }

  /** Raises an alarm of the second press, or clears it. Thread-safe. */
  public void alarm(boolean active) {
    if (alarm.getAndSet(active) == active) {
      return;
    }
    if (active) {
      server.alarms().raise(ALARM, "Press2", 900, "Somebody pressed the button");
    } else {
      server.alarms().clear(ALARM);
    }
  }

  /** Whether that alarm is active. */
  public boolean isAlarm() {
    return alarm.get();
  }

  @Override
  public void close() {
    clock.interrupt();
    try {
      clock.join(STOP_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  private void run() {
    try {
      while (true) {
        step((System.nanoTime() - startNanos) / 1e9);
        Thread.sleep(STEP_MS);
      }
    } catch (InterruptedException e) {
      // The plant is stopping.
    }
  }

  /** What commands may change. */
  private double setPoint() {
    return server.value(SET_POINT).value().value() instanceof Double value
        ? value
        : FIRST_SET_POINT;
  }

  private void step(double seconds) {
    for (int press = 1; press <= 2; press++) {
      String name = "Press" + press;
      double phase = seconds / 10 + press;
      double setPoint = press == 1 ? setPoint() : FIRST_SET_POINT;
      server.set(name + ".Temperature", setPoint + 10 * Math.sin(phase));
      server.set(name + ".Pressure", (float) (8 + 4 * Math.sin(5 * phase)));
      server.set(name + ".PartCount", uint((long) (seconds / press)));
      server.set(name + ".Running", seconds % (20 * press) < 15 * press);
    }
    boolean nowHot = seconds % ALARM_PERIOD_SECONDS < ALARM_SECONDS;
    if (nowHot && !hot) {
      server.alarms().raise("Hot", "Press1", 700, "Press 1 runs hot");
    } else if (hot && !nowHot) {
      server.alarms().clear("Hot");
    }
    hot = nowHot;
  }
}
