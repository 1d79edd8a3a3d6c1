// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.docs;

import io.connectot.core.docs.ConnectorExamplesTest;
import io.connectot.opcua.OpcUaSinkConnector;

class ExamplesTest extends ConnectorExamplesTest {
  ExamplesTest() {
    super(new OpcUaSinkConnector());
  }
}
