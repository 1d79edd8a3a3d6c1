// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.inventory.TagText;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.core.spi.discovery.Finding.Node;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpcUaDiscoveryTest {
  private static final Map<String, String> UNPROTECTED =
      Map.of("opcua.security.policy", "none", "opcua.security.allow.none", "true");

  private static PlantServer plant;
  private final OpcUaDiscovery discovery = new OpcUaDiscovery();

  @BeforeAll
  static void start() {
    plant = PlantServer.start();
  }

  @AfterAll
  static void stop() {
    plant.close();
  }

  private List<Finding> find(String method, String parent) throws Exception {
    return find(method, parent, UNPROTECTED, 1000);
  }

  private List<Finding> find(String method, String parent, Map<String, String> config, int limit)
      throws Exception {
    DiscoveryRun run = new DiscoveryRun(limit);
    discovery.discover(new DiscoveryRequest(method, plant.url(), config, parent, Map.of()), run);
    return run.findings();
  }

  private static Node node(List<Finding> findings, String name) {
    return findings.stream()
        .filter(Node.class::isInstance)
        .map(Node.class::cast)
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Candidate candidate(List<Finding> findings, String name) {
    return findings.stream()
        .filter(Candidate.class::isInstance)
        .map(Candidate.class::cast)
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByTheConsole() {
    assertThat(ServiceLoader.load(Discovery.class))
        .hasAtLeastOneElementOfType(OpcUaDiscovery.class);
  }

  @Test
  void browsesLevelByLevelAndShowsValues() throws Exception {
    plant.set("Press1.Temperature", 21.5);
    List<Finding> root = find("browse", "");
    List<Finding> press = find("browse", node(root, "Press1").id());
    Candidate temperature = candidate(press, "Press1.Temperature");
    assertThat(temperature.keyPrefix()).isEqualTo("tags.");
    assertThat(temperature.unit()).isEqualTo("°C");
    TagReading reading = temperature.readings().get(0);
    assertThat(reading.value()).isEqualTo("21.5");
    assertThat(reading.label()).isEqualTo("float64");
    assertThat(reading.quality()).isEqualTo(Quality.GOOD);
    assertThat(TagText.parse(reading.line()).address())
        .isEqualTo(PlantServer.address("Press1.Temperature"));
  }

  @Test
  void showsWhatIsNotGood() throws Exception {
    plant.status("Press1.State", StatusCodes.Bad_SensorFailure);
    Candidate state =
        candidate(find("browse", node(find("browse", ""), "Press1").id()), "Press1.State");
    assertThat(state.readings().get(0).quality()).isEqualTo(Quality.BAD);
    assertThat(state.readings().get(0).status()).contains("Bad_SensorFailure");
  }

  @Test
  void showsTheEndpointsWithTheKeysThatSelectThem() throws Exception {
    List<Endpoint> endpoints = find("endpoints", "").stream().map(Endpoint.class::cast).toList();
    assertThat(endpoints).isNotEmpty();
    assertThat(endpoints)
        .filteredOn(endpoint -> endpoint.title().startsWith("None"))
        .first()
        .satisfies(
            endpoint ->
                assertThat(endpoint.config())
                    .containsEntry("opcua.security.policy", "none")
                    .containsEntry("opcua.security.allow.none", "true"));
    assertThat(endpoints).allMatch(endpoint -> endpoint.address().equals(plant.url()));
  }

  @Test
  void takesNoMoreThanTheRunWants() throws Exception {
    assertThat(find("browse", "", UNPROTECTED, 1)).hasSize(1);
  }

  @Test
  void leavesNoSession() throws Exception {
    find("browse", "");
    assertThat(plant.subscriptions()).isZero();
  }

  @Test
  void refusesWhatTheConnectorRefuses(@TempDir Path directory) {
    // Neither certificates that nobody trusts, nor unprotected connections that nobody allowed.
    assertThatThrownBy(() -> find("browse", "", Map.of("opcua.pki.dir", directory.toString()), 10))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("is not trusted");
    assertThatThrownBy(() -> find("browse", "", Map.of("opcua.security.policy", "none"), 10))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("opcua.security.allow.none");
    assertThatThrownBy(() -> find("browse", "|nonsense")).isInstanceOf(LineException.class);
    assertThatThrownBy(() -> find("browse", "|ns=1;s=no such node"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("cannot be browsed");
  }
}
