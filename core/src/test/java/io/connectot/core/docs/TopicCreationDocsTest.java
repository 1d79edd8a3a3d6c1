// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCreationDocsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/modbus.md",
        "docs/mqtt-source.md",
        "docs/opcua-source.md",
        "docs/plc4x-source.md",
        "docs/sparkplug.md"
      })
  void everyConnectorShowsHowItsStatusTopicIsCompacted(String page) {
    List<DocPage.Block> examples =
        DocPage.of(page).blocks("properties").stream()
            .filter(block -> block.text().contains("topic.creation.groups"))
            .toList();

    assertThat(examples)
        .singleElement()
        .satisfies(
            example -> Examples.assertCompactsStatuses(example.where(), Examples.lines(example)));
  }
}
