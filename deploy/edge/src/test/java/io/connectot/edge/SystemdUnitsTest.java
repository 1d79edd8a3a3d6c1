// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units run what the distribution has, where docs/edge.md installs it. */
class SystemdUnitsTest {
  private static final Path DIST = Path.of("src/main/dist");
  private static final String HOME = "/opt/ot-edge";
  private static final String CONFIG = "/etc/ot-edge/edge.properties";
  private static final String DATA = "/var/lib/ot-edge";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "worker", "uplink"})
  void startProcessesOfTheDistributionAgainAndAgain(String process) throws IOException {
    List<String> unit = Files.readAllLines(DIST.resolve("systemd/ot-edge-" + process + ".service"));
    assertThat(unit)
        .contains(
            "ExecStart=" + HOME + "/bin/ot-edge -c " + CONFIG + " run " + process,
            "Restart=always",
            "RestartSec=2",
            // Without it, systemd gives up after some restarts.
            "StartLimitIntervalSec=0",
            "User=ot-edge",
            "ReadWritePaths=" + DATA,
            "UMask=0077",
            // Kafka has a file open for each segment and index.
            "LimitNOFILE=65536",
            "PartOf=ot-edge.target",
            "WantedBy=ot-edge.target");
    assertThat(DIST.resolve("bin/ot-edge")).isExecutable();
    assertThat(Files.readString(DIST.resolve("bin/ot-edge")))
        .contains("names=\"kafka worker uplink\"");
    assertThat(Files.readAllLines(DIST.resolve("systemd/ot-edge.target")))
        .anyMatch(line -> line.startsWith("Wants=") && line.contains("ot-edge-" + process));
    assertThat(Files.readAllLines(DIST.resolve("conf/edge.properties")))
        .contains("data.dir=" + DATA);
    assertThat(DocPage.of("docs/edge.md").lines())
        .contains("ln -sfn /opt/connect-ot-edge-0.1.0-SNAPSHOT " + HOME)
        .anyMatch(line -> line.contains("conf/edge.properties " + CONFIG))
        .anyMatch(line -> line.startsWith("useradd --system --home-dir " + DATA));
  }

  /** Copies, because it looks for the program too. */
  @Test
  @Tag("peers")
  void systemdFindsNoFault() throws Exception {
    Peers.needSystemdAnalyze();
    Path program = Files.createDirectories(directory.resolve("home/bin")).resolve("ot-edge");
    Files.copy(DIST.resolve("bin/ot-edge"), program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    try (Stream<Path> units = Files.list(DIST.resolve("systemd"))) {
      for (Path unit : units.toList()) {
        String text = Files.readString(unit).replace(HOME, directory.resolve("home").toString());
        command.add(Files.writeString(directory.resolve(unit.getFileName()), text).toString());
      }
    }
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    // What it ignores, it prints and exits with 0.
    assertThat(Files.readString(output, StandardCharsets.UTF_8)).isEmpty();
    assertThat(exit).isZero();
  }
}
