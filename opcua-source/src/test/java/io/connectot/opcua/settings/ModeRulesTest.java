// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig.Mode;
import org.junit.jupiter.api.Test;

class ModeRulesTest {
  private static final String FILE =
      """
      [
        {
          "EndpointUrl": "opc.tcp://plant.example:4840",
          "OpcNodes": [
            {
              "Id": "i=1",
              "OpcSamplingInterval": 250,
              "OpcPublishingInterval": 1000,
              "QueueSize": 10,
              "DiscardNew": true,
              "DataChangeTrigger": "StatusValueTimestamp",
              "DeadbandType": "Percent",
              "DeadbandValue": 2.5
            }
          ]
        }
      ]
      """;

  @Test
  void saysWhichFieldsHaveNoEffect() throws Exception {
    PublishedNodes file = PublishedNodes.parse(FILE);

    assertThat(ModeRules.unused(file, Mode.SUBSCRIBE).orElseThrow())
        .startsWith("OpcPublishingInterval of its entries have no effect with opcua.mode=subscribe")
        .contains("opcua.publishing.interval.ms");
    assertThat(ModeRules.unused(file, Mode.POLL).orElseThrow())
        .startsWith(
            "OpcPublishingInterval, OpcSamplingInterval, QueueSize, DiscardNew, DataChangeTrigger,"
                + " DeadbandType of its entries")
        .contains("poll.interval.ms");
    String entry = "[{\"EndpointUrl\": \"opc.tcp://a\", %s \"OpcNodes\": [{\"Id\": \"i=1\"%s}]}]";
    assertThat(
            ModeRules.unused(
                    PublishedNodes.parse(
                        entry.formatted("\"OpcAuthenticationMode\": \"UsernamePassword\",", "")),
                    Mode.SUBSCRIBE)
                .orElseThrow())
        .startsWith("OpcAuthenticationMode of its entries")
        .contains("opcua.auth.*");
    assertThat(
            ModeRules.unused(
                PublishedNodes.parse(entry.formatted("", ", \"HeartbeatInterval\": 60")),
                Mode.SUBSCRIBE))
        .isEmpty();
  }
}
