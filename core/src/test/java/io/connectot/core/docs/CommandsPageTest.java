// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import io.connectot.core.contract.tally.TallySinkProtocol;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.core.sink.command.CommandProtocol;
import org.junit.jupiter.api.Test;

/** What docs/commands.md has from the code. With {@code -Ddocs.update} it is written anew. */
class CommandsPageTest {
  private static final String PAGE = "docs/commands.md";

  @Test
  void keysAreThoseOfCommands() {
    String table =
        OptionsTable.markdown(CommandProtocol.definition(new TallySinkProtocol()), "Commands");
    DocPage.of(PAGE).assertGenerated("options", "\n" + table + "\n");
  }

  @Test
  void metricsAreThoseOfTheTasks() {
    DocPage.of(PAGE)
        .assertGenerated("metrics", "\n" + MetricsTable.markdown(Scope.COMMANDS) + "\n");
  }
}
