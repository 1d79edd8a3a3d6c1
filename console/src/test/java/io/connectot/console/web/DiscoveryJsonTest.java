// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import org.junit.jupiter.api.Test;

class DiscoveryJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aRequestIsWhatThePageSends() throws Exception {
    JsonNode node =
        JSON.readTree(
            """
            {"method": "browse", "address": " opc.tcp://host ", "parent": "a|i=85",
             "config": {"opcua.auth.username": "reader", "count": 3}, "parameters": {"start": 10}}
            """);
    DiscoveryRequest request = DiscoveryJson.request(node);
    assertThat(request.method()).isEqualTo("browse");
    assertThat(request.address()).isEqualTo("opc.tcp://host");
    assertThat(request.parent()).isEqualTo("a|i=85");
    assertThat(request.config())
        .containsEntry("opcua.auth.username", "reader")
        .containsEntry("count", "3");
    assertThat(request.number("start", 0, 0, 100)).isEqualTo(10);
    assertThat(request.toString()).doesNotContain("reader");
  }

  @Test
  void whatIsMissingOrOfAnotherKindIsEmpty() throws Exception {
    DiscoveryRequest request =
        DiscoveryJson.request(JSON.readTree("{\"config\": [1], \"method\": {}}"));
    assertThat(request.method()).isEmpty();
    assertThat(request.config()).isEmpty();
    assertThat(request.text("start", "0")).isEqualTo("0");
  }
}
