// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.DocPage.Block;
import io.connectot.core.docs.Examples;
import io.connectot.core.tls.TestCertificates;
import io.connectot.mqtt.MqttSourceConnector;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.MqttSourceValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations for brokers are accepted, with the files that the reader has. */
class BrokersPageTest {
  private static final DocPage PAGE = DocPage.of("docs/mqtt-brokers.md");
  private static final Examples EXAMPLES =
      new Examples(MqttSourceConnector.class.getName(), MqttSourceValidator::validate);

  @TempDir static Path folder;
  private static Path certificate;
  private static Path key;
  private static Path authority;
  private static Path password;

  @BeforeAll
  static void makeFiles() throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    authority = certificates.authority("ca");
    Path store = certificates.signed("client", "ca", "dns:client");
    certificate =
        Files.writeString(folder.resolve("c.pem"), TestCertificates.chainPem(store, "client"));
    key =
        Files.writeString(folder.resolve("k.pem"), TestCertificates.privateKeyPem(store, "client"));
    password = Files.writeString(folder.resolve("password"), "secret\n");
  }

  static List<Block> properties() {
    return PAGE.blocks("properties");
  }

  @ParameterizedTest
  @MethodSource("properties")
  void configurationsAreAccepted(Block block) {
    Map<String, String> config = Examples.lines(block);
    assertThat(config).containsEntry("connector.class", MqttSourceConnector.class.getName());
    config.replaceAll((name, value) -> value.startsWith("/etc/kafka/") ? file(name) : value);
    EXAMPLES.assertAccepted(block.where(), config);
    MqttSourceConfig source = new MqttSourceConfig(config);
    assertThat(source.clientIds().of(0))
        .isEqualTo(config.getOrDefault("mqtt.client.id", "mqtt-source-0"));
  }

  private static String file(String name) {
    return switch (name) {
      case "ssl.keystore.location" -> certificate.toString();
      case "ssl.keystore.key.location" -> key.toString();
      case "ssl.truststore.location" -> authority.toString();
      case "mqtt.password.file" -> password.toString();
      default -> throw new AssertionError(name);
    };
  }
}
