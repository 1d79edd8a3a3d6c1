// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the software bill of materials lists exactly the content of the archive. */
class SbomIT {
  private static final Path ZIP = Path.of(System.getProperty("archive")).normalize();
  private static final Path RUNTIME_DEPS = Path.of(System.getProperty("archive.runtime-deps"));
  private static final Path ALLOWED = Path.of(System.getProperty("archive.allowed-licenses"));
  private static final String VERSION = System.getProperty("archive.version");

  @TempDir static Path temp;

  private static Archive archive;
  private static JsonNode sbom;
  private static ReviewedLibraries reviewed;

  @BeforeAll
  static void unpack() throws IOException {
    archive = Archive.unpack(ZIP, temp);
    sbom = new ObjectMapper().readTree(archive.text("doc/sbom.json"));
    reviewed = ReviewedLibraries.read(RUNTIME_DEPS, ALLOWED, VERSION);
  }

  @Test
  void isInTheFormatThatScannersRead() {
    assertThat(sbom.required("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(sbom.required("specVersion").asText()).isEqualTo("1.6");
    assertThat(sbom.required("metadata").required("component").required("version").asText())
        .isEqualTo(VERSION);
    assertThat(sbom.required("components"))
        .allSatisfy(
            component -> assertThat(component.required("purl").asText()).startsWith("pkg:maven/"));
  }

  @Test
  void listsExactlyTheBytesInLib() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode component : sbom.required("components")) {
      assertThat(listed.put(file(component), sha256(component))).isNull();
    }
    Map<String, String> shipped = new TreeMap<>();
    for (Path jar : archive.jars()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      shipped.put(jar.getFileName().toString(), HexFormat.of().formatHex(digest));
    }
    assertThat(listed).isEqualTo(shipped);
  }

  /** Compares the licence in the library's POM with the reviewed licence. */
  @Test
  void agreesWithTheReviewOnEveryLicence() {
    for (JsonNode component : sbom.required("components")) {
      assertThat(declared(component))
          .as("licences in the POM of %s, against %s", file(component), RUNTIME_DEPS)
          .containsAnyElementsOf(reviewed.declared(reviewed.licences(file(component))));
    }
  }

  @Test
  void hasNothingThatDiffersBetweenTwoBuilds() {
    assertThat(sbom.has("serialNumber")).isFalse();
    assertThat(sbom.required("metadata").has("timestamp")).isFalse();
  }

  private static String file(JsonNode component) {
    return component.required("name").asText()
        + "-"
        + component.required("version").asText()
        + ".jar";
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.required("hashes")) {
      if (hash.required("alg").asText().equals("SHA-256")) {
        return hash.required("content").asText();
      }
    }
    return "";
  }

  private static List<String> declared(JsonNode component) {
    List<String> names = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      names.add(licence.path("id").asText(licence.path("name").asText()));
    }
    return names;
  }
}
