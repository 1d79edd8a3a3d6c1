// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.source.OtSourceConnector;
import io.connectot.core.spi.Protocol;
import org.apache.kafka.connect.connector.Task;

/** Reads PLCs into Kafka through the drivers of Apache PLC4X. */
public final class Plc4xSourceConnector extends OtSourceConnector {
  @Override
  protected Protocol protocol() {
    return new Plc4xProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return Plc4xSourceTask.class;
  }
}
