// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.Device;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.select.Selection;

/** Finds the nodes of a device on its server. For one thread at a time. */
public interface NodeSource {

  /**
   * Finds what is to be read, all parts of it.
   *
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  Selection select(UaSession session, Device<OpcUaDevice> device)
      throws ProtocolException, InterruptedException;

  /** Asks the server about everything again with the next selection. Thread-safe. */
  void forget();
}
