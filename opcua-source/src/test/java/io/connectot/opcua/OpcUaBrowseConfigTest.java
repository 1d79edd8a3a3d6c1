// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver;
import io.connectot.opcua.config.OpcUaBrowseConfig;
import io.connectot.opcua.config.OpcUaTag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpcUaBrowseConfigTest {
  @Test
  void browsesNothingUnlessToldTo() {
    Configuration settings = new Configuration(config(Map.of()));

    assertThat(OpcUaBrowseConfig.findsNodes(settings)).isFalse();
    assertThat(settings.get(OpcUaBrowseConfig.NODES_FILE)).isEmpty();
    assertThat(settings.get(OpcUaBrowseConfig.ROOTS)).isEmpty();
    assertThat(settings.get(OpcUaBrowseConfig.INCLUDE)).hasToString("[**]");
    assertThat(settings.get(OpcUaBrowseConfig.REFRESH)).isEqualTo(Duration.ofHours(1));
    assertThat(settings.get(OpcUaBrowseConfig.MODEL_CHANGE_EVENTS)).isTrue();
  }

  @Test
  void readsListsOfAddressesPatternsAndTypes() {
    Configuration settings =
        new Configuration(
            config(
                Map.of(
                    OpcUaBrowseConfig.ROOTS.name(), "/Objects/Plant, nsu=urn:plant;s=Line1",
                    OpcUaBrowseConfig.INCLUDE.name(), "Press*/Temp*,State",
                    OpcUaBrowseConfig.EXCLUDE.name(), "**/Diagnostics",
                    OpcUaBrowseConfig.TYPES.name(), "float32,BOOLEAN",
                    OpcUaBrowseConfig.MAX_DEPTH.name(), "3")));

    assertThat(settings.get(OpcUaBrowseConfig.ROOTS))
        .hasToString("[/Objects/Plant, nsu=urn:plant;s=Line1]");
    assertThat(settings.get(OpcUaBrowseConfig.INCLUDE)).hasToString("[Press*/Temp*, State]");
    assertThat(settings.get(OpcUaBrowseConfig.EXCLUDE)).hasToString("[**/Diagnostics]");
    assertThat(settings.get(OpcUaBrowseConfig.TYPES))
        .containsExactlyInAnyOrder(ValueType.FLOAT32, ValueType.BOOLEAN);
    assertThat(settings.get(OpcUaBrowseConfig.MAX_DEPTH)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opcua.browse.roots | Objects | is no node id",
        "opcua.browse.include | a//b | empty level",
        "opcua.browse.types | real | unknown type 'real'",
        "opcua.browse.max.depth | 0 | must be from 1 to 100"
      })
  void saysWhichKeyIsWrong(String key, String value, String message) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(message);
  }

  @Test
  void readsNodeIdsFromSpreadsheets(@TempDir Path folder) throws Exception {
    Path comma =
        Files.writeString(
            folder.resolve("comma.csv"),
            """
            name,address,type,sampling,area
            temperature,nsu=urn:plant;s=Press1.Temp,float32,250ms,hall 1
            block,"ns=3;s=""Data block"".""Temp\""",,,
            path,/Objects/2:Plant/Press1,,,
            """);
    Path semicolon =
        Files.writeString(
            folder.resolve("semicolon.csv"),
            """
            name;address;queue
            temperature;"nsu=urn:plant;s=Press1.Temp";10
            """);

    assertThat(addresses(comma))
        .containsExactly(
            "nsu=urn:plant;s=Press1.Temp",
            "ns=3;s=\"Data block\".\"Temp\"",
            "/Objects/2:Plant/Press1");
    assertThat(addresses(semicolon)).containsExactly("nsu=urn:plant;s=Press1.Temp");
  }

  private static List<String> addresses(Path file) {
    OpcUaProtocol protocol = new OpcUaProtocol();
    SourceConfig config = config(Map.of("tags.file", file.toString()));
    Driver<?, ?> driver = protocol.bind(config);
    return InventoryLoader.load(config, driver, protocol).orThrow().tags().stream()
        .map(tag -> ((OpcUaTag) tag.address()).node().toString())
        .toList();
  }

  private static SourceConfig config(Map<String, String> more) {
    Map<String, String> props = new HashMap<>(more);
    props.put("topic", "plant");
    props.put("devices.plant", "opc.tcp://localhost:4840");
    return new SourceConfig(new OpcUaProtocol(), props);
  }
}
