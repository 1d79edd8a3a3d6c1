// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that {@code --check} fails, with a connector on the class path. */
@Tag("full")
class QuickstartIT {
  @TempDir Path directory;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void saysWhichConnectorDeliveredNothing() throws Exception {
    int exit = check(SilentSourceConnector.class.getName(), "");

    assertThat(exit).isEqualTo(1);
    assertThat(text())
        .contains("FAILED: silent delivered 0 GOOD records")
        .contains("RUNNING, tasks RUNNING");
  }

  @Test
  void saysWhyATaskFailed() throws Exception {
    int exit = check(SilentSourceConnector.class.getName(), ", \"fail\": \"yes\"");

    assertThat(exit).isEqualTo(1);
    assertThat(text()).contains("FAILED: silent failed").contains("nothing to say");
  }

  @Test
  void saysWhichConnectorTheWorkerRefused() throws Exception {
    int exit = check("io.connectot.Nonexistent", "");

    assertThat(exit).isEqualTo(1);
    assertThat(text()).contains("refused connector silent").contains("io.connectot.Nonexistent");
  }

  @Test
  void leavesNoDataOfThisRunOrAnEarlierOneBehind() throws Exception {
    Path earlier = directory.resolve("kafka14302599826734113601/data/meta.properties");
    Files.createDirectories(earlier.getParent());
    Files.writeString(earlier, "x");

    check("io.connectot.Nonexistent", "");

    assertThat(text()).contains("the data of an earlier run is deleted", "Kafka runs");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("kafka"));
    }
  }

  private int check(String connectorClass, String moreConfig) throws Exception {
    Path zip = directory.resolve("plugin.zip");
    try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(zip))) {
      archive.putNextEntry(new ZipEntry("plugin/etc/silent.json"));
      archive.write(
          ("{\"name\": \"silent\", \"config\": {\"connector.class\": \""
                  + connectorClass
                  + "\""
                  + moreConfig
                  + "}}")
              .getBytes(StandardCharsets.UTF_8));
    }
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    QuickstartOptions options = new QuickstartOptions(true, false, zip, directory);
    return new Quickstart(options, out, Duration.ofSeconds(3)).run();
  }

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
