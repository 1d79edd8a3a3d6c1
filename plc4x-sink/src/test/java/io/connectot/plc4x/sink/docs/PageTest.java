// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink.docs;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.plc4x.Plc4xSinkConnector;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new Plc4xSinkConnector(), "docs/plc4x-sink.md", Scope.COMMANDS);
  }
}
