// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.strimzi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.docs.DocPage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.connector.KafkaConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("full")
class StrimziResourcesTest {
  private static final Path FOLDER = DocPage.root().resolve("deploy/strimzi");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "kafka.strimzi.io/v1/KafkaConnect", KafkaConnect.class,
          "kafka.strimzi.io/v1/KafkaConnector", KafkaConnector.class,
          "v1/ConfigMap", ConfigMap.class,
          "v1/Secret", Secret.class,
          "rbac.authorization.k8s.io/v1/Role", Role.class,
          "rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class,
          "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class);

  static Set<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return new TreeSet<>(files.filter(file -> file.toString().endsWith(".yaml")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isWhatTheOperatorsRead(Path file) throws IOException {
    for (JsonNode document : StrictReader.documents(Files.readString(file))) {
      String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
      assertThat(KINDS).containsKey(kind);
      HasMetadata resource = StrictReader.read(document, KINDS.get(kind));
      assertThat(resource.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }
  }

  @Test
  void connectorsBelongToTheCluster() throws IOException {
    KafkaConnect cluster = cluster("kafka-connect.yaml");
    for (Path file : files()) {
      for (JsonNode document : StrictReader.documents(Files.readString(file))) {
        if (document.path("kind").asText().equals("KafkaConnector")) {
          KafkaConnector connector = StrictReader.read(document, KafkaConnector.class);
          assertThat(connector.getMetadata().getLabels())
              .containsEntry("strimzi.io/cluster", cluster.getMetadata().getName());
          assertThat(connector.getSpec().getClassName()).startsWith("io.connectot.");
          assertThat(connector.getSpec().getTasksMax()).isPositive();
          assertThat(connector.getSpec().getAutoRestart().isEnabled()).isTrue();
        }
      }
    }
  }

  @Test
  void bothClustersHaveTheConnectors() throws IOException {
    KafkaConnect built = cluster("kafka-connect.yaml");
    assertThat(built.getSpec().getBuild().getPlugins()).hasSize(1);
    assertThat(built.getSpec().getPlugins()).isNullOrEmpty();
    KafkaConnect mounted = cluster("kafka-connect-image.yaml");
    assertThat(mounted.getSpec().getPlugins()).hasSize(1);
    assertThat(mounted.getSpec().getBuild()).isNull();
  }

  @Test
  void aWrongFieldWouldBeSeen() throws IOException {
    JsonNode document =
        StrictReader.documents(
                Files.readString(FOLDER.resolve("kafka-connect.yaml"))
                    .replace("sha512sum:", "sha512:"))
            .get(0);
    assertThatThrownBy(() -> StrictReader.read(document, KafkaConnect.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("sha512");
  }

  private static KafkaConnect cluster(String file) throws IOException {
    return StrictReader.read(
        StrictReader.documents(Files.readString(FOLDER.resolve(file))).get(0), KafkaConnect.class);
  }
}
