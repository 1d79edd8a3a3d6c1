// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that the connector trusts, and servers that it rejects. */
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

  @Test
  void tellsOnceOfARenewedCertificateAndGoesOnWhenSomebodyTrustsIt() throws Exception {
    try (PlantServer server = PlantServer.start(PlantOptions.DEFAULT)) {
      Map<String, String> config = config(server);
      config.put("opcua.trust.auto.accept", "false");
      // A long timeout, so that the certificate is the only reason for a failure on a busy machine.
      config.put("opcua.connect.timeout.ms", "60000");
      String name = config.get("topic");
      Path trusted = Files.createDirectories(pki.resolve("trusted"));
      Files.write(trusted.resolve("plant.der"), server.security().certificate().getEncoded());
      site.create(name, config, 1);
      awaitValues(name);
      assertThat(pki.resolve("rejected")).isEmptyDirectory();

      server.stop();
      server.security().renew();
      server.restart();
      awaitOffline(name, "has changed");
      assertThat(files("rejected")).hasSize(1);
      Path renewed = files("rejected").get(0);
      assertThat(renewed).hasBinaryContent(server.security().certificate().getEncoded());
      awaitRefused(renewed);
      awaitRefused(renewed);
      Files.move(renewed, trusted.resolve(renewed.getFileName()));
      server.set("Press1.Temperature", 99.5);

      try (RecordReader records = site.reader(name + "|" + name + "\\.status")) {
        List<Received> all =
            records.awaitAll(
                "values after the certificate was trusted",
                LIMIT,
                received -> received.stream().anyMatch(r -> r.text("value_double").equals("99.5")));
        assertThat(all)
            .filteredOn(r -> r.text("cause").contains("has changed"))
            .singleElement()
            .satisfies(r -> assertThat(r.text("state")).isEqualTo("OFFLINE"))
            .satisfies(
                r -> assertThat(r.text("cause")).contains(renewed.toString(), trusted.toString()));
      }
      assertThat(site.worker().log())
          .filteredOn(line -> line.contains("has changed") && line.contains(pki.toString()))
          .singleElement(STRING)
          .contains(" WARN ", server.url(), renewed.toString(), trusted.toString());
      site.rest().delete(name);
    }
  }

  /** Waits until the server is rejected again, which stores its certificate again. */
  private static void awaitRefused(Path certificate) throws IOException {
    FileTime before = Files.getLastModifiedTime(certificate);
    await("the next attempt")
        .atMost(LIMIT)
        .until(() -> Files.getLastModifiedTime(certificate).compareTo(before) > 0);
  }

  /** The first attempt can end before the server has responded, with another cause. */
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

  /** Certificates, in any subdirectory. */
  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(pki.resolve(folder))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
