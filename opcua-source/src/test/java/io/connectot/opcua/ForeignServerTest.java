// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.RestartCampaign.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@link RestartCampaign} against servers that are not ours. */
@Tag("peers")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForeignServerTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "older, transfer-then-history",
    "older, history",
    "older, off",
    "current, transfer-then-history",
    "current, history",
    "current, off"
  })
  void losesNothing(String version, String mode) throws Exception {
    run(version, mode, Scale.SHORT);
  }

  @ParameterizedTest
  @Tag("campaign")
  @CsvSource({
    "older, transfer-then-history",
    "older, history",
    "older, off",
    "current, transfer-then-history",
    "current, history",
    "current, off"
  })
  void losesNothingFor20Restarts(String version, String mode) throws Exception {
    Duration longest = run(version, mode, Scale.LONG);
    assertThat(longest).isLessThan(Duration.ofSeconds(10));
  }

  private Duration run(String version, String mode, Scale scale) throws Exception {
    try (NodeOpcuaServer server = new NodeOpcuaServer(version, directory, RestartCampaign.RATE);
        RestartCampaign campaign = new RestartCampaign(server, directory, mode)) {
      campaign.run(scale, mode.equals("transfer-then-history"));
      System.out.println(campaign.row("node-opcua " + version, mode));
      return campaign.longest();
    }
  }
}
