// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.containers.fixture.Containers;
import io.connectot.containers.fixture.Machine;
import io.connectot.containers.fixture.PlantNetwork;
import io.connectot.core.docs.DocPage;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;

/** Runs the commands of {@code docs/first-connector.md} and compares their output with the page. */
@Tag("peers")
@Containers
class FirstConnectorPageIT {
  /** The page's marker for text that differs between runs. */
  private static final String ANYTHING = "…";

  @Test
  void everyCommandDoesWhatThePageSays(PlantNetwork plant) {
    String output = "";
    int commands = 0;
    try (Machine machine = plant.startMachineOfAUser(plant.uniqueName("user"))) {
      for (DocPage.Block block : DocPage.of("docs/first-connector.md").blocks()) {
        switch (block.language()) {
          case "bash" -> {
            ExecResult result = machine.run("cd /opt/kafka\n" + block.text());
            assertThat(result.getExitCode()).as("%s ended with %s", block, result).isZero();
            output = result.getStdout().strip();
            commands++;
          }
          case "text" -> assertThat(output).as(block.where()).matches(pattern(block.text()));
          default -> throw new AssertionError(block.where() + " is neither commands nor output");
        }
      }
    }
    assertThat(commands).as("blocks of commands").isPositive();
  }

  private static Pattern pattern(String promised) {
    return Arrays.stream(promised.strip().split(ANYTHING, -1))
        .map(Pattern::quote)
        .collect(Collectors.collectingAndThen(Collectors.joining(".*"), FirstConnectorPageIT::all));
  }

  private static Pattern all(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
