// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.metrics;

import io.connectot.console.connector.ConnectorCatalog.Connector;
import io.connectot.console.connector.ConnectorCatalog.Task;
import io.connectot.console.record.PlantRecord.DeviceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What keeps values from arriving. */
public final class HealthReport {
  private static final String UNKNOWN = "UNKNOWN";

  private HealthReport() {}

  /**
   * Something that is not as it should be.
   *
   * @param device null for a connector as a whole
   * @param state of the connector, task or device
   * @param cause null when it is not known
   */
  public record Problem(String connector, String device, String state, String cause) {}

  /** All problems: failed connectors and tasks, then devices that are not online. */
  public static List<Problem> problems(
      List<Connector> connectors, List<DeviceState> devices, Instant now) {
    List<Problem> problems = new ArrayList<>();
    for (Connector connector : connectors) {
      if (connector.state().equals("FAILED")) {
        problems.add(new Problem(connector.name(), null, connector.state(), null));
      }
      for (Task task : connector.tasks()) {
        if (task.state().equals("FAILED")) {
          problems.add(new Problem(connector.name(), null, task.state(), firstLine(task.trace())));
        }
      }
    }
    for (DeviceState device : devices) {
      boolean known = !device.validUntil().isBefore(now);
      if (!known && isDeleted(connectors, device)) {
        continue;
      }
      if (!known || !device.state().equals("ONLINE")) {
        problems.add(
            new Problem(
                device.connector(),
                device.device(),
                known ? device.state() : UNKNOWN,
                known
                    ? device.cause()
                    : "the connector has not reported it since " + device.validUntil()));
      }
    }
    return problems;
  }

  /** The status topic keeps the devices of connectors that are gone. */
  private static boolean isDeleted(List<Connector> connectors, DeviceState device) {
    return connectors.stream().noneMatch(connector -> connector.name().equals(device.connector()));
  }

  private static String firstLine(String trace) {
    return trace == null ? null : trace.lines().findFirst().orElse(null);
  }
}
