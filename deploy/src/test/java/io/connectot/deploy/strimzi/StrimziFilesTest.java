// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.strimzi;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The committed files are those that the code generates; {@code -Ddocs.update} writes them anew.
 */
class StrimziFilesTest {
  private static final Path FOLDER = DocPage.root().resolve("deploy/strimzi");

  private final Map<String, String> files = StrimziFiles.all(DocPage.root());

  @Test
  void committedFilesAreUpToDate() throws IOException {
    if (System.getProperty("docs.update") != null) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(FOLDER.resolve(file.getKey())).content().isEqualTo(file.getValue());
    }
    try (Stream<Path> connectors = Files.list(FOLDER.resolve("connectors"))) {
      assertThat(connectors.map(path -> "connectors/" + path.getFileName()))
          .allSatisfy(path -> assertThat(files).containsKey(path));
    }
  }

  @Test
  void noSecretAndNoAddressOfThisMachineIsLeft() {
    assertThat(files).hasSizeGreaterThan(5);
    assertThat(files.values())
        .allSatisfy(
            file -> {
              assertThat(file).doesNotContain("127.0.0.1", "localhost:");
              assertThat(file.lines().filter(line -> line.contains("password:")))
                  .allSatisfy(line -> assertThat(line).contains("\"${"));
            });
  }
}
