// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeConfigTest {
  @TempDir Path directory;

  private EdgeConfig read(String... lines) throws IOException, EdgeConfigException {
    Path file = directory.resolve("edge.properties");
    Files.write(file, List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return EdgeConfig.read(file);
  }

  @Test
  void namesEveryErrorWithItsKeyAndItsRemedy() {
    assertThatThrownBy(
            () ->
                read(
                    "edge.name=Box 1",
                    "disk.limit=8 gigs",
                    "kafka.port=70000",
                    "compression=zip",
                    "uplink.topics=plant.(",
                    "memory.uplink=160",
                    "rest.port=8084",
                    "central.securty.protocol=SASL_SSL",
                    "disk.limits=1g"))
        .isInstanceOf(EdgeConfigException.class)
        .hasMessageContaining("edge.name: 'Box 1' is not a name")
        .hasMessageContaining("data.dir: no value. Set the directory")
        .hasMessageContaining("disk.limit: '8 gigs' is not a size. Write for example 512m or 8g.")
        .hasMessageContaining("kafka.port: '70000' is not a number from 1 to 65535.")
        .hasMessageContaining("compression: 'zip' is not one of gzip, lz4, none, snappy, zstd.")
        .hasMessageContaining("memory.uplink: '160' is too small. Set at least 64m.")
        .hasMessageContaining("uplink.rest.port: '8084' is the port of rest.port too. Set another.")
        .hasMessageContaining(
            "central.securty.protocol: Kafka's clients have no key securty.protocol.")
        .hasMessageContaining("central.bootstrap.servers: no value, although other keys")
        .hasMessageContaining("uplink.topics: not a list of topics")
        .hasMessageContaining("disk.limits: there is no such key.");
  }

  @Test
  void takesKeysOfOtherClassesForTheCentralCluster() throws Exception {
    EdgeConfig config =
        read(
            "edge.name=box1",
            "data.dir=data",
            "central.bootstrap.servers=centre:9092",
            "central.sasl.login.callback.handler.class=com.example.Login",
            "central.example.tenant=plant");
    assertThat(config.central()).containsEntry("example.tenant", "plant");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> EdgeConfig.read(directory.resolve("none.properties")))
        .hasMessageContaining("Copy conf/edge.properties there and edit it.");
  }

  @Test
  void refusesSecretsThatOthersCanRead() throws Exception {
    Path file = directory.resolve("edge.properties");
    Files.write(
        file,
        List.of(
            "edge.name=box1",
            "data.dir=data",
            "central.bootstrap.servers=centre:9092",
            "central.sasl.jaas.config=password=\"p\";"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> EdgeConfig.read(file))
        .hasMessageContaining("contains a secret, and others can read it. Run: chmod 600 " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(EdgeConfig.read(file).name()).isEqualTo("box1");
  }

  @Test
  void acceptsTheFileOfTheDistribution() throws Exception {
    Path file = directory.resolve("edge.properties");
    Files.copy(Path.of("src/main/dist/conf/edge.properties"), file);
    EdgeConfig config = EdgeConfig.read(file);
    assertThat(config.hasCentral()).isFalse();
    assertThat(config.goesUp("plant.press1")).isTrue();
    assertThat(config.goesUp("plantation")).isFalse();
    assertThat(UplinkConnectors.of(config)).isEmpty();
  }

  @Test
  void sendsNothingBackThatCameDown() throws Exception {
    EdgeConfig config =
        read(
            "edge.name=box1",
            "data.dir=data",
            "central.bootstrap.servers=centre:9092",
            "downlink.topics=plant.commands, orders");
    assertThat(config.goesUp("plant.press1")).isTrue();
    assertThat(config.goesUp("plant.commands")).isFalse();
    Map<String, Map<String, String>> connectors = UplinkConnectors.of(config);
    assertThat(connectors.get("uplink"))
        .containsEntry("topics", "plant\\..*".replace("\\\\", "\\"))
        .containsEntry("topics.exclude", "__.*,ot-edge-.*,plant.commands,orders");
    assertThat(connectors.get("downlink"))
        .containsEntry("topics", "plant.commands,orders")
        .containsEntry("topics.exclude", "__.*,ot-edge-.*");
  }

  @Test
  void writesWithTheClientsOfTheClusterThatIsWrittenTo() throws Exception {
    EdgeConfig config =
        read(
            "edge.name=box1",
            "data.dir=data",
            "central.bootstrap.servers=centre:9092",
            "central.sasl.jaas.config=module required password=\"hidden\";");
    Map<String, String> up = UplinkConnectors.of(config).get("uplink");
    String reference = "${file:" + config.file() + ":central.bootstrap.servers}";
    assertThat(up)
        .containsEntry("target.cluster.bootstrap.servers", reference)
        .containsEntry("producer.override.bootstrap.servers", reference)
        .containsEntry("consumer.override.bootstrap.servers", reference)
        .containsEntry("admin.override.bootstrap.servers", reference)
        .containsEntry("source.cluster.bootstrap.servers", "127.0.0.1:9092")
        .containsEntry("offsets.storage.topic", "ot-edge-box1-uplink-offsets")
        .containsEntry("exactly.once.support", "required");
    Map<String, String> down = UplinkConnectors.of(config).get("downlink");
    assertThat(down)
        .containsEntry("source.cluster.bootstrap.servers", reference)
        .doesNotContainKey("producer.override.bootstrap.servers");
    assertThat(up.toString() + down).doesNotContain("hidden");
    assertThat(ProcessProperties.uplink(config))
        .containsEntry("group.id", "ot-edge-box1")
        .containsEntry("exactly.once.source.support", "enabled")
        .containsEntry("config.providers.file.param.allowed.paths", config.file().toString());
  }

  @Test
  void passesKeysOnToTheProcesses() throws Exception {
    EdgeConfig config =
        read(
            "edge.name=box1",
            "data.dir=data",
            "disk.limit=100m",
            "uplink.exactly.once=false",
            "kafka.config.num.io.threads=2",
            "worker.config.producer.linger.ms=5",
            "uplink.config.offset.flush.interval.ms=1000");
    Properties kafka = ProcessProperties.kafka(config);
    assertThat(kafka)
        .containsEntry("num.io.threads", "2")
        .containsEntry("log.segment.bytes", "1048576");
    assertThat(ProcessProperties.worker(config, Path.of("plugins")))
        .containsEntry("producer.linger.ms", "5")
        .containsEntry(
            "rest.extension.classes",
            "io.connectot.edge.EdgeMetricsExtension,io.connectot.console.OtConsole")
        .containsEntry("ot.edge.metrics", config.dataDirectory() + "/run/metrics");
    assertThat(ProcessProperties.uplink(config))
        .containsEntry("offset.flush.interval.ms", "1000")
        .containsEntry("exactly.once.source.support", "disabled");
  }
}
