// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.RestartCampaign.Scale;
import io.connectot.opcua.testing.TransferFaults.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The {@link RestartCampaign} against servers that repeat the status change of a transfer, transfer
 * in vain, die of a transfer, lose the connection, or do not say what a subscription monitors.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ScriptedServerTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "NORMAL, true, transfer-then-history",
    "REPEATS_STATUS_CHANGE, true, transfer-then-history",
    "SILENT, true, transfer-then-history",
    "UNKNOWN_AFTERWARDS, true, transfer-then-history",
    "DIES, true, transfer-then-history",
    "DROPS_CONNECTION, true, transfer-then-history",
    "DROPS_CONNECTION_AFTERWARDS, true, transfer-then-history",
    "NORMAL, false, transfer-then-history",
    "DIES, true, history",
    "DIES, true, off"
  })
  void losesNothing(Behaviour behaviour, boolean listsItems, String mode) throws Exception {
    run(behaviour, listsItems, mode, Scale.SHORT);
  }

  @ParameterizedTest
  @Tag("campaign")
  @CsvSource({
    "NORMAL, true, transfer-then-history",
    "NORMAL, true, history",
    "NORMAL, true, off",
    "NORMAL, false, transfer-then-history",
    "NORMAL, false, history",
    "NORMAL, false, off",
    "REPEATS_STATUS_CHANGE, true, transfer-then-history",
    "REPEATS_STATUS_CHANGE, true, history",
    "REPEATS_STATUS_CHANGE, true, off",
    "SILENT, true, transfer-then-history",
    "SILENT, true, history",
    "SILENT, true, off",
    "DIES, true, transfer-then-history",
    "DIES, true, history",
    "DIES, true, off",
    "UNKNOWN_AFTERWARDS, true, transfer-then-history",
    "DROPS_CONNECTION, true, transfer-then-history",
    "DROPS_CONNECTION_AFTERWARDS, true, transfer-then-history"
  })
  void losesNothingFor20Restarts(Behaviour behaviour, boolean listsItems, String mode)
      throws Exception {
    Duration longest = run(behaviour, listsItems, mode, Scale.LONG);
    assertThat(longest).isLessThan(Duration.ofSeconds(10));
  }

  private Duration run(Behaviour behaviour, boolean listsItems, String mode, Scale scale)
      throws Exception {
    boolean transfers =
        behaviour == Behaviour.NORMAL || behaviour == Behaviour.REPEATS_STATUS_CHANGE;
    try (ScriptedServer server =
            new ScriptedServer(behaviour, listsItems, false, RestartCampaign.RATE);
        RestartCampaign campaign = new RestartCampaign(server, directory, mode)) {
      campaign.run(scale, transfers && mode.equals("transfer-then-history"));
      System.out.println(
          campaign.row(behaviour + (listsItems ? "" : ", does not list items"), mode));
      return campaign.longest();
    }
  }
}
