// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.sink.OtSinkConnector;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.mqtt.sink.MqttSinkProtocol;
import org.apache.kafka.connect.connector.Task;

/** Publishes the records of Kafka topics to an MQTT broker. */
public final class MqttSinkConnector extends OtSinkConnector {
  @Override
  protected SinkProtocol<?> protocol() {
    return new MqttSinkProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MqttSinkTask.class;
  }
}
