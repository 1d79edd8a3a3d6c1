// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.strimzi;

import io.connectot.deploy.monitoring.MonitoringFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The generated files of {@code deploy/strimzi}. */
public final class StrimziFiles {
  private static final String RULES = "jmx-exporter.yml";

  /** The folders of example configurations in the description of the pack. */
  private static final Pattern EXAMPLES = Pattern.compile("<directory>([^<]*/etc)</directory>");

  private StrimziFiles() {}

  /**
   * The content of each file by its path in the folder.
   *
   * @param root the folder of the project
   */
  public static Map<String, String> all(Path root) {
    Map<String, String> files = new TreeMap<>();
    files.put("metrics.yaml", metrics());
    Path pack = root.resolve("packaging").resolve("all");
    try {
      Matcher examples = EXAMPLES.matcher(Files.readString(pack.resolve("assembly.xml")));
      while (examples.find()) {
        add(files, pack.resolve(examples.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void add(Map<String, String> files, Path examples) throws IOException {
    try (DirectoryStream<Path> each = Files.newDirectoryStream(examples, "*.json")) {
      for (Path example : each) {
        ConnectorResource resource = ConnectorResource.read(example);
        files.put("connectors/" + resource.name() + ".yaml", resource.yaml());
      }
    }
  }

  /** The rules of the exporter, which every worker has as an agent. */
  private static String metrics() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: connect-ot-metrics\ndata:\n");
    yaml.append("  ").append(RULES).append(": |\n");
    MonitoringFiles.all()
        .get(RULES)
        .lines()
        .forEach(line -> yaml.append(line.isEmpty() ? "" : "    ").append(line).append('\n'));
    return yaml.toString();
  }
}
