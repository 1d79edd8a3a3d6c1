// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsServer;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Plc4xDiscoveryTest {
  private final Plc4xDiscovery discovery = new Plc4xDiscovery();
  private final DiscoveryRun run = new DiscoveryRun(100);
  private AdsServer server;

  @BeforeEach
  void start() throws Exception {
    AdsProgram program = new AdsProgram(4096);
    program.memory().putInt(program.symbol("MAIN.count", "DINT", 4), 4711);
    program.memory().putFloat(program.symbol("MAIN.temperature", "REAL", 4), 21.5f);
    server = new AdsServer(program);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private List<Candidate> find(String method, Map<String, String> parameters) throws Exception {
    discovery.discover(
        new DiscoveryRequest(
            method, server.url(), Map.of("plc4x.connect.timeout.ms", "20000"), "", parameters),
        run);
    return run.findings().stream().map(Candidate.class::cast).toList();
  }

  private static TagReading at(List<Candidate> found, String address) {
    return found.stream()
        .flatMap(candidate -> candidate.readings().stream())
        .filter(reading -> reading.address().equals(address))
        .findFirst()
        .orElseThrow(() -> new AssertionError(found.toString()));
  }

  @Test
  void isFoundByTheConsole() {
    assertThat(ServiceLoader.load(Discovery.class))
        .hasAtLeastOneElementOfType(Plc4xDiscovery.class);
  }

  @Test
  void readsAddressesAndShowsThoseThatAreMissing() throws Exception {
    List<Candidate> found =
        find("read", Map.of("addresses", "MAIN.count MAIN.temperature  MAIN.nothing"));
    assertThat(at(found, "MAIN.count").value()).isEqualTo("4711");
    assertThat(at(found, "MAIN.temperature").line()).isEqualTo("MAIN.temperature");
    assertThat(at(found, "MAIN.temperature").value()).isEqualTo("21.5");
    assertThat(at(found, "MAIN.nothing").quality()).isEqualTo(Quality.BAD);
  }

  @Test
  void browsesTheSymbolsOfAController() throws Exception {
    List<Candidate> found = find("browse", Map.of());
    assertThat(at(found, "MAIN.count").value()).isEqualTo("4711");
    assertThat(at(found, "MAIN.temperature").value()).isEqualTo("21.5");
  }

  @Test
  void saysThatADriverCannotBrowse() {
    DiscoveryRequest request =
        new DiscoveryRequest("browse", "s7-light://127.0.0.1", Map.of(), "", Map.of());
    assertThatThrownBy(() -> discovery.discover(request, run))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("the driver s7-light cannot browse");
  }
}
