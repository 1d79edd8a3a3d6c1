// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.plc4x.Plc4xSourceConnector;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import org.junit.jupiter.api.Test;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new Plc4xSourceConnector(), "docs/plc4x-source.md", Scope.DEVICES);
  }

  @Test
  void namesEveryDriverThatIsShipped() {
    assertThat(page.column("Driver").stream().flatMap(cell -> cell.code().stream()))
        .containsAll(Plc4xDriverRegistry.shared().codes());
  }
}
