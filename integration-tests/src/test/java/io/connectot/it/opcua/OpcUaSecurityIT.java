// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whom the connector talks to, and whom it does not. */
@ExtendWith(SharedSite.class)
class OpcUaSecurityIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Site site;

  @TempDir Path pki;

  OpcUaSecurityIT(Site site) {
    this.site = site;
  }

  @Test
  void refusesAServerThatOnlyHasUnprotectedConnectionsUnlessAllowed() throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withPolicies(SecurityPolicy.None);
    try (PlantServer server = PlantServer.start(options)) {
      Map<String, String> config = config(server);
      config.put("opcua.auth.type", "anonymous");
      config.remove("opcua.auth.username");
      config.remove("opcua.auth.password");
      String name = config.get("topic");
      site.create(name, config, 1);
      awaitOffline(name, "opcua.security.allow.none");

      config.put("opcua.security.allow.none", "true");
      site.create(name, config, 1);
      awaitValues(name);
      site.rest().delete(name);
    }
  }

  @Test
  void refusesAServerThatNobodyTrustsAndConnectsOnceSomebodyDoes() throws Exception {
    try (PlantServer server = PlantServer.start(PlantOptions.DEFAULT)) {
      Map<String, String> config = config(server);
      config.put("opcua.trust.auto.accept", "false");
      String name = config.get("topic");
      site.create(name, config, 1);
      awaitOffline(name, "trusted");
      assertThat(files("rejected")).isNotEmpty();

      for (Path file : files("rejected")) {
        Files.move(file, pki.resolve("trusted").resolve(file.getFileName()));
      }
      awaitValues(name);
      site.rest().delete(name);
    }
  }

  /** A first attempt may end before the server has answered at all, and is another cause. */
  private void awaitOffline(String name, String cause) {
    try (RecordReader news = site.reader(name + "\\.status")) {
      news.awaitOne(
          "the device to be OFFLINE because of " + cause,
          LIMIT,
          0,
          r -> r.text("state").equals("OFFLINE") && r.text("cause").contains(cause));
    }
  }

  private void awaitValues(String name) {
    try (RecordReader values = site.reader(name)) {
      values.awaitAll(
          "values",
          LIMIT,
          all -> all.stream().anyMatch(value -> value.text("quality").equals("GOOD")));
    }
  }

  private Map<String, String> config(PlantServer server) {
    String name = site.uniqueName("secure");
    Map<String, String> config = OpcUaSetup.connector(name, server.url());
    config.put("name", name);
    config.put("opcua.pki.dir", pki.toString());
    config.put("tags.temperature", PlantServer.address("Press1.Temperature"));
    return config;
  }

  /** Certificates, in whatever folder below. */
  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(pki.resolve(folder))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
