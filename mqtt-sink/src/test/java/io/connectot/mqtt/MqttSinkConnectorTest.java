// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class MqttSinkConnectorTest {
  private static final Map<String, String> PROPS =
      Map.of("name", "out", "mqtt.brokers", "tcp://broker", "mqtt.topic", "a/${key}");

  private final MqttSinkConnector connector = new MqttSinkConnector();

  @Test
  void numbersItsTasks() {
    connector.start(PROPS);
    List<Map<String, String>> configs = connector.taskConfigs(3);
    assertThat(configs)
        .hasSize(3)
        .allSatisfy(config -> assertThat(config).containsAllEntriesOf(PROPS));
    assertThat(configs)
        .extracting(config -> config.get("task.index"))
        .containsExactly("0", "1", "2");
    assertThat(connector.taskClass()).isEqualTo(MqttSinkTask.class);
    connector.stop();
    connector.stop();
  }

  @Test
  void refusesToStartWithWhatCannotWork() {
    Map<String, String> wrong =
        Map.of("mqtt.brokers", "tcp://broker", "mqtt.topic", "a", "mqtt.will.payload", "bye");
    assertThatThrownBy(() -> connector.start(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mqtt.will.topic");
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .anyMatch(found -> found instanceof MqttSinkConnector);
  }

  @Test
  void hasTheVersionOfItsTasks() {
    assertThat(connector.version()).isNotBlank().isEqualTo(new MqttSinkTask().version());
  }

  @Test
  void letsOffsetsBeAltered() {
    assertThat(connector.alterOffsets(PROPS, Map.of(new TopicPartition("t", 0), 5L))).isTrue();
  }
}
