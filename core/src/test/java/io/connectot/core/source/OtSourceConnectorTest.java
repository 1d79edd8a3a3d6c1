// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.contract.tally.TallyProtocol;
import io.connectot.core.contract.tally.TallySourceConnector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;

class OtSourceConnectorTest {
  private final TallySourceConnector connector = new TallySourceConnector();

  @Test
  void hasNoMoreTasksThanEndpoints() {
    connector.start(props("tally://hall1", "tally://hall2", "tally://hall2"));

    assertThat(connector.taskConfigs(1)).hasSize(1);
    assertThat(connector.taskConfigs(2)).hasSize(2);
    assertThat(connector.taskConfigs(8)).hasSize(2);
  }

  @Test
  void givesEveryEndpointToExactlyOneTask() {
    Map<String, String> props = props("tally://a", "tally://b", "tally://c", "tally://c");
    connector.start(props);

    Set<String> owned = new HashSet<>();
    for (Map<String, String> config : connector.taskConfigs(3)) {
      Map<String, String> taskProps = new HashMap<>(config);
      TaskShare share = TaskShare.takeFrom(taskProps);
      assertThat(taskProps).isEqualTo(props);
      share
          .of(SourceSetup.of(new TallyProtocol(), taskProps).inventory().devices())
          .forEach(device -> assertThat(owned.add(device.name())).isTrue());
    }
    assertThat(owned).containsExactlyInAnyOrder("d0", "d1", "d2", "d3");
  }

  @Test
  void doesNotStartWithAConfigurationThatCannotWork() {
    assertThatThrownBy(() -> connector.start(props("hall1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("devices.d0")
        .hasMessageContaining("tally://<host>");
  }

  @Test
  void validatesWhatItStartsWith() {
    assertThat(connector.validate(props("hall1")).configValues())
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .extracting(ConfigValue::name)
        .containsExactly("devices.d0");
  }

  @Test
  void saysWhatExactlyOnceItCanKeep() {
    Map<String, String> polled = props("tally://hall1");
    Map<String, String> streamed = new HashMap<>(polled);
    streamed.put("tally.mode", "streamed");

    assertThat(connector.exactlyOnceSupport(polled)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    assertThat(connector.exactlyOnceSupport(streamed)).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
  }

  @Test
  void takesOffsetsOfItsOwnFormOnly() {
    Map<String, Object> partition = Map.of("device", "d0");

    assertThat(connector.alterOffsets(Map.of(), Map.of(partition, Map.of("timestamp_ns", 5L))))
        .isTrue();
    for (Map<String, Object> offset :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("timestamp", 5L), Map.of("timestamp_ns", "5"))) {
      assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(partition, offset)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("timestamp_ns");
    }
  }

  private static Map<String, String> props(String... urls) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "tallies");
    props.put("topic", "values");
    props.put("validate.connection", "false");
    props.put("tags.count", "1");
    for (int i = 0; i < urls.length; i++) {
      props.put("devices.d" + i, urls[i]);
    }
    return props;
  }
}
