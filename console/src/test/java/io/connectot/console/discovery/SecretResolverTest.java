// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretResolverTest {
  /** As a worker passes them: without their list. */
  private static Map<String, Object> worker() {
    return Map.of(
        "config.providers.file.class",
        FileConfigProvider.class.getName(),
        "bootstrap.servers",
        "kafka:9092");
  }

  @Test
  void resolvesReferencesAsTheWorkerDoesAndKeepsThemSecret(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("secrets"), "login=a-secret\n");
    SecretResolver.Resolved resolved =
        new SecretResolver(worker())
            .resolve(
                Map.of(
                    "mqtt.username", "reader",
                    "mqtt.brokers", "tcp://reader:${file:" + file + ":login}@broker",
                    "topic", "plant.${device}"));
    assertThat(resolved.config())
        .containsEntry("mqtt.brokers", "tcp://reader:a-secret@broker")
        .containsEntry("topic", "plant.${device}");
    assertThat(resolved.secrets()).contains("a-secret").doesNotContain("reader");
    assertThat(resolved.toString()).doesNotContain("a-secret");
  }

  @Test
  void saysThatThereIsNoSuchProvider() {
    assertThatThrownBy(
            () -> new SecretResolver(worker()).resolve(Map.of("mqtt.password", "${vault:a:b}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mqtt.password: ${vault:a:b} is not resolved")
        .hasMessageContaining("'vault'");
    assertThatThrownBy(
            () -> new SecretResolver(Map.of()).resolve(Map.of("mqtt.password", "${file:a:b}")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void knowsTheSecretsThatAreWritten() {
    assertThat(
            new SecretResolver(Map.of())
                .resolve(
                    Map.of(
                        "opcua.auth.password", "hunter2",
                        "", "tls://user:pass@word@host?token=abc&unit=1",
                        "ssl.truststore.location", "/etc/trust.jks"))
                .secrets())
        .containsExactlyInAnyOrder("hunter2", "pass@word", "abc");
  }
}
