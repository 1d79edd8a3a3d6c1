// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.console.discovery.DiscoveryCatalog;
import io.connectot.console.discovery.DiscoveryJob;
import io.connectot.console.discovery.DiscoveryJobs;
import io.connectot.console.discovery.SecretResolver;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.core.spi.discovery.Finding.Included;
import io.connectot.core.spi.discovery.Finding.Node;
import io.connectot.core.spi.discovery.TagReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever texts devices have, answers are JSON that has them as text, without secrets. */
class DiscoveryFindingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "hunter2-secret";

  private final DiscoveryJobs jobs =
      new DiscoveryJobs(
          new DiscoveryCatalog(List.of()), new SecretResolver(Map.of()), Duration.ofMinutes(1));

  @AfterEach
  void close() {
    jobs.close();
  }

  /** Finds what it is told to find. */
  private record Finds(List<Finding> findings) implements Discovery {
    @Override
    public String title() {
      return "test";
    }

    @Override
    public String connectorClass() {
      return "test.Connector";
    }

    @Override
    public String addressKey() {
      return "devices.";
    }

    @Override
    public String addressExample() {
      return "test://host";
    }

    @Override
    public List<DiscoveryMethod> methods() {
      return List.of(DiscoveryMethod.of("all", "All"));
    }

    @Override
    public void discover(DiscoveryRequest request, DiscoveryRun run) {
      findings.forEach(run::add);
    }
  }

  private JsonNode answer(List<Finding> findings) throws Exception {
    DiscoveryRequest request =
        new DiscoveryRequest(
            "all", "test://host", Map.of("opcua.auth.password", SECRET), "", Map.of());
    DiscoveryJob job = jobs.start(new Finds(findings), request).orElseThrow();
    while (job.isRunning()) {
      Thread.onSpinWait();
    }
    return JSON.readTree(DiscoveryJson.state(job, 0).toString());
  }

  private static TagReading reading(String text) {
    return new TagReading(text, text, text, Map.of("order", text), text, Quality.GOOD, text);
  }

  private static List<Finding> everything(String text) {
    return List.of(
        new Endpoint(text, text, Map.of("opcua.security.policy", text)),
        new Node(text, text),
        new Included(text, text, reading(text)),
        new Candidate("tags.", text, text, List.of(reading(text))));
  }

  @Test
  void textsOfDevicesStayWhatTheyAre() throws Exception {
    Random random = new Random(19);
    String alphabet = "<>\"'&/\\{}[]=;:%$`\u0000\u0007\n\r\t\u2028\ud83d\ude00äscriptimgonerror ";
    List<Finding> findings = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("</script><img src=x onerror=alert(1)>");
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      texts.add(text.toString());
      findings.add(Candidate.tag("tag" + i, text.toString(), reading(text.toString())));
    }
    JsonNode found = answer(findings).path("findings");
    assertThat(found).hasSize(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      assertThat(found.get(i).path("unit").asText()).isEqualTo(texts.get(i));
      assertThat(found.get(i).at("/readings/0/value").asText()).isEqualTo(texts.get(i));
    }
  }

  @Test
  void aDeviceThatRepeatsTheSecretDoesNotShowIt() throws Exception {
    JsonNode answer = answer(everything("user:" + SECRET + "@host"));
    assertThat(answer.path("findings")).hasSize(4);
    assertThat(answer.toString()).doesNotContain(SECRET).contains("[hidden]");
  }
}
