// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import io.connectot.opcua.config.PublishedNodes.PublishedNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedNodesTest {
  private static final String FILE =
      """
      [
        {
          "EndpointUrl": "opc.tcp://Plant.example:4840/UA/",
          "UseSecurity": true,
          "DataSetWriterGroup": "whatever",
          "OpcNodes": [
            {
              "Id": "nsu=urn:plant;s=Press1.Temp",
              "DisplayName": "temperature",
              "OpcSamplingInterval": 250,
              "OpcPublishingInterval": 1000,
              "QueueSize": 10,
              "DiscardNew": true,
              "DataChangeTrigger": "StatusValueTimestamp",
              "DeadbandType": "Percent",
              "DeadbandValue": 2.5,
              "IndexRange": "0:3",
              "SkipFirst": true
            },
            { "ExpandedNodeId": "nsu=urn:plant;i=7" },
            { "Id": "http://plant.example/UA/#s=Press2.Temp" }
          ]
        },
        {
          "EndpointUrl": "opc.tcp://other:4841",
          "NodeId": { "Identifier": "i=2258" }
        }
      ]
      """;

  @Test
  void readsWhatOpcPublisherReads() throws Exception {
    PublishedNodes file = PublishedNodes.parse(FILE);

    assertThat(file.nodes())
        .extracting(node -> node.tag().node().toString())
        .containsExactly(
            "nsu=urn:plant;s=Press1.Temp",
            "nsu=urn:plant;i=7",
            "nsu=http://plant.example/UA/;s=Press2.Temp",
            "i=2258");
    PublishedNode first = file.nodes().get(0);
    assertThat(first.name()).contains("temperature");
    ItemSettings item = first.tag().item();
    assertThat(item.sampling()).contains(Duration.ofMillis(250));
    assertThat(item.queue()).hasValue(10);
    assertThat(item.discardOldest()).contains(false);
    assertThat(item.trigger()).contains(Trigger.STATUS_VALUE_TIMESTAMP);
    assertThat(item.deadband()).contains(new ItemDeadband(2.5, true));
    assertThat(item.indexRange()).contains("0:3");
    assertThat(item.skipFirst()).contains(true);
    assertThat(file.nodes().get(1).tag().item()).isEqualTo(ItemSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"HeartbeatInterval\": 60 | PT60S | ",
        "\"HeartbeatIntervalTimespan\": \"00:00:10\", \"HeartbeatInterval\": 60 | PT10S | ",
        "\"HeartbeatIntervalTimespan\": \"1.02:00:00\" | PT26H | ",
        "\"HeartbeatInterval\": 0 | | ",
        "\"OpcSamplingIntervalTimespan\": \"00:00:00.25\" | | PT0.25S",
        "\"OpcSamplingInterval\": 500, \"AttributeId\": \"Value\" | | PT0.5S"
      })
  void readsIntervals(String fields, Duration heartbeat, Duration sampling) throws Exception {
    PublishedNode node = PublishedNodes.parse(withNode(fields)).nodes().get(0);

    assertThat(node.heartbeat()).isEqualTo(Optional.ofNullable(heartbeat));
    assertThat(node.tag().item().sampling()).isEqualTo(Optional.ofNullable(sampling));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"AttributeId\": \"DisplayName\" | entry 1 node 1: AttributeId is DisplayName",
        "\"AttributeId\": 5 | AttributeId is 5",
        "\"ConditionHandling\": {} | ConditionHandling is not read",
        "\"HeartbeatIntervalTimespan\": \"10s\" | HeartbeatIntervalTimespan is '10s'",
        "\"OpcSamplingIntervalTimespan\": \"\" | OpcSamplingIntervalTimespan is ''"
      })
  void refusesByNameWhatItCannotFollow(String fields, String message) {
    assertThatThrownBy(() -> PublishedNodes.parse(withNode(fields)))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsIntervalsOfAllNodesOfAnEntry() throws Exception {
    PublishedNodes file =
        PublishedNodes.parse(
            """
            [{"EndpointUrl": "opc.tcp://a", "DataSetSamplingInterval": 200,
              "DefaultHeartbeatIntervalTimespan": "00:01:00",
              "OpcNodes": [
                {"Id": "i=1"},
                {"Id": "i=2", "OpcSamplingInterval": 50, "HeartbeatInterval": 5},
                {"Id": "i=3", "HeartbeatInterval": 0}]}]
            """);

    assertThat(file.nodes().stream().map(node -> node.tag().item().sampling()))
        .containsExactly(
            Optional.of(Duration.ofMillis(200)),
            Optional.of(Duration.ofMillis(50)),
            Optional.of(Duration.ofMillis(200)));
    assertThat(file.nodes().stream().map(PublishedNodes.PublishedNode::heartbeat))
        .containsExactly(
            Optional.of(Duration.ofMinutes(1)),
            Optional.of(Duration.ofSeconds(5)),
            Optional.empty());
  }

  @Test
  void refusesEncryptedCredentials() {
    assertThatThrownBy(
            () ->
                PublishedNodes.parse(
                    "[{\"EndpointUrl\": \"opc.tcp://a\", \"EncryptedAuthPassword\": \"x\","
                        + " \"OpcNodes\": []}]"))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("entry 1: EncryptedAuthPassword is not read")
        .hasMessageContaining("opcua.auth.password");
  }

  private static String withNode(String fields) {
    return "[{\"EndpointUrl\": \"opc.tcp://a\", \"OpcNodes\": [{\"Id\": \"i=1\", "
        + fields
        + "}]}]";
  }

  @Test
  void belongsToTheDeviceWhoseUrlItNames() throws Exception {
    PublishedNodes file = PublishedNodes.parse(FILE);

    assertThat(file.of(device("opc.tcp://plant.example/UA"))).hasSize(3);
    assertThat(file.of(device("opc.tcp://other:4841/", "opc.tcp://spare"))).hasSize(1);
    assertThat(file.of(device("opc.tcp://other:4842"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | must be an array",
        "[{\"OpcNodes\": []}] | entry 1: has no EndpointUrl",
        "[{\"EndpointUrl\": \"opc.tcp://a\", \"OpcNodes\": [{}]}] | entry 1 node 1: has no Id",
        "[{\"EndpointUrl\": \"opc.tcp://a\", \"OpcNodes\": [{\"Id\": \"Temp\"}]}] | is no node id",
        "[{\"EndpointUrl\": \"opc.tcp://a\", \"OpcNodes\": [{\"Id\": \"i=1\", \"QueueSize\": 0}]}]"
            + " | entry 1 node 1: QueueSize must be",
        "[{\"EndpointUrl\": \"opc.tcp://a\", \"OpcNodes\": [{\"Id\": \"i=1\", \"EventFilter\":"
            + " {}}]}] | EventFilter is not read"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> PublishedNodes.parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhichFileCannotBeRead(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.json"), "[\n{");

    assertThatThrownBy(() -> PublishedNodes.read(broken.toString()))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("broken.json line 2: is no JSON");
    assertThatThrownBy(() -> PublishedNodes.read(folder.resolve("none.json").toString()))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("there is no file");
  }

  private static OpcUaDevice device(String... urls) {
    return new OpcUaDevice(List.of(urls));
  }
}
