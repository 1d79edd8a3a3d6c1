// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink.docs;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.sparkplug.SparkplugSinkConnector;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new SparkplugSinkConnector(), "docs/sparkplug-sink.md", Scope.COMMANDS);
  }
}
