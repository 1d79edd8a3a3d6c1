// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.testing.TestBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkplugSourceConnectorTest {
  private final SparkplugSourceConnector connector = new SparkplugSourceConnector();

  private static Map<String, String> props() {
    Map<String, String> props = new HashMap<>();
    props.put("name", "host");
    props.put("connector.class", SparkplugSourceConnector.class.getName());
    props.put("topic", "plant.${group}");
    props.put("mqtt.brokers", "tcp://127.0.0.1:1");
    props.put("sparkplug.host.id", "scada");
    props.put("sparkplug.groups", "plant");
    props.put("validate.connection", "false");
    return props;
  }

  private Map<String, List<String>> errors(Map<String, String> props) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : connector.validate(props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  @Test
  void aSmallConfigurationIsValidAndRunsInOneTask() {
    assertThat(errors(props())).isEmpty();
    connector.start(props());
    assertThat(connector.taskConfigs(8)).hasSize(1);
    connector.stop();
    assertThat(connector.taskClass()).isEqualTo(SparkplugSourceTask.class);
    assertThat(connector.exactlyOnceSupport(props())).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sparkplug.groups | | must name at least one group",
        "sparkplug.groups | plant,* | alone",
        "sparkplug.groups | plant/# | not a group id",
        "sparkplug.host.id | a/b | one level of a topic",
        "sparkplug.role | boss | passive",
        "sparkplug.rebirth.on | gaps | unknown-alias",
        "sparkplug.rebirth.on | gap | passive",
        "sparkplug.state.follow.kafka.ms | 500 | sparkplug.role=primary",
        "record.layout | row | measurement or value",
        "topic | plant.${nod} | node",
        "topic | a b | blank",
        "status.topic | plant.${group} | group",
        "sparkplug.reorder.timeout | 5 | sparkplug.reorder.timeout.ms",
      })
  void whatCannotWorkIsRefusedOnItsKey(String key, String value, String message) {
    Map<String, String> props = props();
    props.put(key, value == null ? "" : value);
    Map<String, List<String>> errors = errors(props);
    assertThat(errors).containsKey(key);
    assertThat(errors.get(key).toString()).contains(message);
  }

  @Test
  void groupsHaveNoDefault() {
    Map<String, String> props = props();
    props.remove("sparkplug.groups");
    assertThat(errors(props)).containsOnlyKeys("sparkplug.groups");
  }

  @Test
  void everyGroupHasToBeSaid() {
    Map<String, String> props = props();
    props.put("sparkplug.groups", "*");
    assertThat(errors(props)).isEmpty();
  }

  @Test
  void validationConnectsToTheBroker() throws Exception {
    Map<String, String> props = props();
    props.put("validate.connection", "true");
    assertThat(errors(props)).containsOnlyKeys("mqtt.brokers");
    try (TestBroker broker = TestBroker.start()) {
      props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
      props.put("sparkplug.role", "primary");
      assertThat(errors(props)).isEmpty();
    }
  }

  @Test
  void offsetsCanBeResetAndNotInvented() {
    Map<String, ?> edge = Map.of("edge", "plant/press");
    Map<Map<String, ?>, Map<String, ?>> reset = new HashMap<>();
    reset.put(edge, null);
    assertThat(connector.alterOffsets(props(), reset)).isTrue();
    assertThatCode(
            () ->
                connector.alterOffsets(
                    props(), Map.of(edge, Map.of("seq", 5L, "seen_ns", 1L, "alive", true))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> connector.alterOffsets(props(), Map.of(edge, Map.of("seq", "x"))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("reset");
    assertThatThrownBy(() -> connector.alterOffsets(props(), Map.of(Map.of("a", "b"), Map.of())))
        .isInstanceOf(ConnectException.class);
  }
}
