// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the files of {@code deploy/monitoring}. */
public final class MonitoringFiles {
  private MonitoringFiles() {}

  /** The content of each generated file by its name. */
  public static Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    files.put("jmx-exporter.yml", ExporterRules.yaml());
    files.put("alerts.yml", AlertRules.yaml());
    files.put("grafana-dashboard.json", Dashboard.json());
    return files;
  }

  /**
   * Writes all files.
   *
   * @param args the folder to write them to
   */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> file : all().entrySet()) {
      Files.writeString(Path.of(args[0], file.getKey()), file.getValue(), StandardCharsets.UTF_8);
    }
  }
}
