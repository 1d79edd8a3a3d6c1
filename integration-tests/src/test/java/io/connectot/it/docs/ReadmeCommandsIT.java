// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every command of the README works. */
@Tag("peers")
@ExtendWith(SharedSite.class)
class ReadmeCommandsIT {
  private static final DocPage README = DocPage.of("README.md");
  private static final String WORKER = "http://localhost:8083";

  private static final String CREATE =
      "curl -X PUT -H 'Content-Type: application/json' --data @press.json "
          + WORKER
          + "/connectors/press/config";

  private static final String VALIDATE =
      "curl -X PUT -H 'Content-Type: application/json' --data @press.json "
          + WORKER
          + "/connector-plugins/ModbusSourceConnector/config/validate";

  @TempDir static Path directory;

  private final Site site;

  ReadmeCommandsIT(Site site) {
    this.site = site;
  }

  /** Commands that are not tested here take minutes, and build the project of this test. */
  @Test
  void areTriedHereOrOnEveryChange() {
    List<String> commands =
        README.blocks("bash").stream()
            .map(DocPage.Block::text)
            .map(text -> text.replaceAll("\\\\\n\\s*", ""))
            .flatMap(String::lines)
            .toList();
    assertThat(commands).contains(CREATE, VALIDATE, "./quickstart.sh", "./mvnw verify");
    assertThat(commands)
        .filteredOn(command -> !List.of(CREATE, VALIDATE).contains(command))
        .allSatisfy(ReadmeCommandsIT::assertRunOnEveryChange);
  }

  @Test
  void ofTheRunningTextAreTriedOnEveryChange() {
    assertThat(README.spans())
        .filteredOn(span -> span.startsWith("./") || span.split(" ")[0].endsWith(".sh"))
        .contains("./quickstart.sh --check", "packaging/check-reproducible.sh")
        .allSatisfy(ReadmeCommandsIT::assertRunOnEveryChange);
  }

  private static void assertRunOnEveryChange(String command) {
    String wanted = command.replaceFirst("^\\./", "");
    assertThat(DocPage.read(".ci/run").lines())
        .map(line -> line.trim().replaceFirst("^\\./", "").replace(" -ntp", ""))
        .anyMatch(line -> line.equals(wanted) || line.startsWith(wanted + " "));
  }

  @Test
  void createAndValidateAConnector() throws Exception {
    Peers.needCurl();
    try (FaultyDevice press1 = new FaultyDevice();
        FaultyDevice press2 = new FaultyDevice()) {
      String config =
          README
              .blocks("json")
              .get(0)
              .text()
              .replace("tcp://10.0.0.5:502?unit=1", press1.url())
              .replace("tcp://10.0.0.6:502?unit=1", press2.url());
      Files.writeString(directory.resolve("press.json"), config);

      JsonNode validated = run(VALIDATE);
      assertThat(validated.required("error_count").asInt()).as("errors in %s", validated).isZero();
      JsonNode created = run(CREATE);
      assertThat(created.path("name").asText()).as("answer %s", created).isEqualTo("press");
      site.awaitRunning("press", 2);
    } finally {
      site.rest().delete("press");
    }
  }

  private JsonNode run(String command) throws IOException, InterruptedException {
    Path answer = directory.resolve("answer.json");
    Process process =
        new ProcessBuilder(
                "sh", "-c", command.replace(WORKER, site.rest().url()).replace("curl", "curl -s"))
            .directory(directory.toFile())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
    assertThat(process.exitValue()).as(command).isZero();
    return new ObjectMapper().readTree(Files.readString(answer, StandardCharsets.UTF_8));
  }
}
