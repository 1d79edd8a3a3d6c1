// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.RestartCampaign.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
  void losesNothing(String version, String mode, TestReporter reporter) throws Exception {
    run(version, mode, Scale.SHORT, reporter);
  }

  @ParameterizedTest
  @Tag("campaign")
  @EnabledIfSystemProperty(named = "campaign", matches = "true")
  @CsvSource({
    "older, transfer-then-history",
    "older, history",
    "older, off",
    "current, transfer-then-history",
    "current, history",
    "current, off"
  })
  void losesNothingFor20Restarts(String version, String mode, TestReporter reporter)
      throws Exception {
    Duration longest = run(version, mode, Scale.LONG, reporter);
    assertThat(longest).isLessThan(Duration.ofSeconds(10));
  }

  private Duration run(String version, String mode, Scale scale, TestReporter reporter)
      throws Exception {
    try (NodeOpcuaServer server = new NodeOpcuaServer(version, directory, RestartCampaign.RATE);
        RestartCampaign campaign = new RestartCampaign(server, directory, mode)) {
      campaign.run(scale, mode.equals("transfer-then-history"));
      reporter.publishEntry(campaign.report());
      return campaign.longest();
    }
  }
}
