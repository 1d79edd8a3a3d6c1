// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of the edge distribution. */
@Tag("full")
class EdgeArchiveIT {
  @TempDir static Path directory;

  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    home = EdgeBox.unpack(directory);
  }

  @Test
  void billOfMaterialsListsExactlyTheBytesInLib() throws Exception {
    JsonNode sbom = new ObjectMapper().readTree(home.resolve("doc/sbom.json").toFile());
    assertThat(sbom.required("bomFormat").asText()).isEqualTo("CycloneDX");
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode component : sbom.required("components")) {
      listed.put(
          component.required("name").asText() + "-" + component.required("version").asText(),
          sha256(component));
    }
    Map<String, String> shipped = new TreeMap<>();
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        shipped.put(
            jar.getFileName().toString().replaceFirst("[.]jar$", ""),
            HexFormat.of().formatHex(digest));
      }
    }
    // The program itself is what the bill is of.
    String program = sbom.at("/metadata/component/name").asText();
    assertThat(shipped.keySet().removeIf(name -> name.startsWith(program + "-"))).isTrue();
    assertThat(listed).isEqualTo(shipped);
    try (Stream<Path> plugins = Files.list(home.resolve("plugins"))) {
      assertThat(plugins)
          .allSatisfy(plugin -> assertThat(plugin.resolve("doc/sbom.json")).exists());
    }
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.required("hashes")) {
      if (hash.required("alg").asText().equals("SHA-256")) {
        return hash.required("content").asText();
      }
    }
    return "";
  }

  /** The administrator unpacks it, and another user runs it. */
  @Test
  void everyUserCanRunIt() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(file -> !file.endsWith("conf/edge.properties")))
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .as(file.toString())
                      .contains(PosixFilePermission.OTHERS_READ));
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("bin/ot-edge")))
        .contains(PosixFilePermission.OTHERS_EXECUTE);
    assertThat(Files.getPosixFilePermissions(home.resolve("conf/edge.properties")))
        .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    for (String unit : new String[] {"kafka", "worker", "uplink"}) {
      assertThat(home.resolve("systemd/ot-edge-" + unit + ".service")).exists();
    }
  }
}
