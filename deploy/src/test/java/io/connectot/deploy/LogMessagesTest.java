// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page about log messages has those of the sources; {@code -Ddocs.update} writes the list. */
class LogMessagesTest {
  private static final String PAGE = "docs/log-messages.md";

  @Test
  void thePageHasAllMessages() throws IOException {
    Set<LogMessage> messages = LogMessage.of(DocPage.root());
    assertThat(messages).hasSizeGreaterThan(80);

    DocPage.of(PAGE).assertGenerated("messages", "\n" + LogMessage.table(messages) + "\n");
  }

  @Test
  void everyExplainedMessageExists() throws IOException {
    List<String> texts = LogMessage.of(DocPage.root()).stream().map(LogMessage::text).toList();
    List<String> explained = LogMessage.explained(Files.readString(DocPage.root().resolve(PAGE)));

    assertThat(explained).hasSizeGreaterThan(20);
    assertThat(explained)
        .allSatisfy(start -> assertThat(texts).anyMatch(text -> text.startsWith(start)));
  }
}
