// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import java.time.Duration;
import java.util.Locale;

/** The rule file of Prometheus with every {@link Alert}. */
final class AlertRules {
  private AlertRules() {}

  /** The file, as YAML. */
  static String yaml() {
    StringBuilder yaml = new StringBuilder(8192);
    yaml.append(
        "# Generated from typed code. Alert rules of Prometheus; docs/operations.md has a runbook"
            + " for each.\n");
    yaml.append("groups:\n");
    yaml.append("  - name: kafka-connect-ot\n");
    yaml.append("    rules:\n");
    for (Alert alert : Alert.all()) {
      yaml.append("      - alert: ").append(alert.name()).append('\n');
      yaml.append("        expr: ").append(quoted(alert.expression())).append('\n');
      if (!alert.hold().isZero()) {
        yaml.append("        for: ").append(duration(alert.hold())).append('\n');
      }
      yaml.append("        labels:\n");
      yaml.append("          severity: ")
          .append(alert.severity().name().toLowerCase(Locale.ROOT))
          .append('\n');
      yaml.append("        annotations:\n");
      yaml.append("          summary: ").append(quoted(alert.summary())).append('\n');
      yaml.append("          description: ")
          .append(quoted(String.join(" ", alert.runbook())))
          .append('\n');
    }
    return yaml.toString();
  }

  private static String duration(Duration duration) {
    return duration.toMinutes() + "m";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
