// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path directory;

  private EdgeConfig read(List<String> lines) throws Exception {
    Path file = directory.resolve("edge.properties");
    Files.write(file, lines);
    return EdgeConfig.read(file);
  }

  @Test
  void namesThePortThatAnotherProgramHas() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EdgeConfig config =
          read(List.of("edge.name=box1", "data.dir=data", "kafka.port=" + other.getLocalPort()));
      assertThat(Preflight.portErrors(config))
          .filteredOn(error -> error.startsWith("kafka.port: "))
          .singleElement()
          .asString()
          .contains("cannot listen at 127.0.0.1:" + other.getLocalPort())
          .contains("Another program has the port");
    }
  }

  @Test
  void namesTheDiskThatIsTooSmall() throws Exception {
    List<String> lines = new ArrayList<>(List.of("edge.name=box1", "data.dir=data/box"));
    lines.add("disk.limit=20m");
    assertThat(Preflight.diskErrors(read(lines))).isEmpty();
    lines.add("disk.limit=9999999g");
    assertThat(Preflight.diskErrors(read(lines)))
        .singleElement()
        .asString()
        .startsWith("disk.limit: ")
        .contains("is too much, because the disk of " + directory)
        .contains("leave 128 MB for other files");
  }

  @Test
  void namesTheFileThatCannotBeRead() throws Exception {
    EdgeConfig config =
        read(
            List.of(
                "edge.name=box1",
                "data.dir=data",
                "central.bootstrap.servers=centre:9093",
                "central.ssl.truststore.location=" + directory.resolve("ca.pem")));
    assertThat(Preflight.fileErrors(config))
        .singleElement()
        .asString()
        .startsWith("central.ssl.truststore.location: there is no file " + directory);
    Files.writeString(directory.resolve("ca.pem"), "");
    assertThat(Preflight.fileErrors(config)).isEmpty();
  }
}
