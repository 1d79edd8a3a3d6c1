// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.connection.Clock;
import io.connectot.core.sink.OtSinkTask;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.mqtt.sink.MqttSinkProtocol;
import io.connectot.mqtt.sink.publish.Publication;

/** Publishes the records of its partitions. */
public final class MqttSinkTask extends OtSinkTask<Publication> {
  private final MqttSinkProtocol protocol;

  /** Made by the worker. */
  public MqttSinkTask() {
    protocol = new MqttSinkProtocol();
  }

  /** For tests. */
  MqttSinkTask(MqttSinkProtocol protocol, WaitLimits limits) {
    super(limits, Clock.SYSTEM);
    this.protocol = protocol;
  }

  @Override
  protected SinkProtocol<Publication> protocol() {
    return protocol;
  }
}
