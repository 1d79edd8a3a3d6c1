// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.docs;

import io.connectot.core.docs.ConnectorPageTest;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.sparkplug.SparkplugSourceConnector;

class PageTest extends ConnectorPageTest {
  PageTest() {
    super(new SparkplugSourceConnector(), "docs/sparkplug.md", Scope.MESSAGES);
  }
}
