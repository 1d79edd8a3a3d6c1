// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink.docs;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.modbus.ModbusSinkConnector;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new ModbusSinkConnector(), "docs/modbus-sink.md", Scope.COMMANDS);
  }
}
