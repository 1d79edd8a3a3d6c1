// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

import io.connectot.quickstart.plant.signal.Signal;
import io.connectot.sparkplug.payload.DataType;
import java.util.List;
import java.util.Optional;

/**
 * The Sparkplug part of the plant, one group: a press line, a compressor that loses its network
 * every minute and is born again, and a tank farm that stores while its primary host application is
 * offline.
 */
public final class EdgeNodes {
  private static final String GROUP = "plant";

  /** The {@code sparkplug.host.id} of the example configuration. */
  private static final String HOST = "kafka";

  private static final Signal ALWAYS = seconds -> 1;

  private EdgeNodes() {}

  public static List<SimulatedEdgeNode> all() {
    return List.of(
        new SimulatedEdgeNode(
            GROUP,
            "pressline",
            "press2",
            Optional.empty(),
            List.of(
                new SimulatedMetric(
                    "Hydraulics/Pressure",
                    DataType.FLOAT,
                    "bar",
                    Signal.ramp(20, 180, 12).noisy(2, 11)),
                new SimulatedMetric(
                    "Counters/Parts", DataType.INT32, null, Signal.counter(5_000, 6)),
                new SimulatedMetric("Running", DataType.BOOLEAN, null, Signal.pulse(30, 0.8))),
            ALWAYS),
        new SimulatedEdgeNode(
            GROUP,
            "compressors",
            "compressor1",
            Optional.empty(),
            List.of(
                new SimulatedMetric(
                    "Motor/Temperature",
                    DataType.FLOAT,
                    "°C",
                    Signal.drift(70, 8, 90).noisy(1, 12)),
                new SimulatedMetric(
                    "Motor/Power", DataType.DOUBLE, "kW", Signal.drift(22, 3, 45).noisy(0.5, 13))),
            Signal.pulse(60, 0.8)),
        new SimulatedEdgeNode(
            GROUP,
            "tankfarm",
            "tank7",
            Optional.of(HOST),
            List.of(
                new SimulatedMetric("Level", DataType.FLOAT, "m", Signal.ramp(0.5, 7.5, 240)),
                new SimulatedMetric("Inflow", DataType.INT16, "l/min", Signal.drift(0, 120, 240))),
            ALWAYS));
  }
}
