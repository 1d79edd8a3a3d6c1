// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole connector but for the worker, which the test is. */
class OpcUaSourceTaskTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path pki;
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final Map<String, List<Long>> values = new HashMap<>();
  private final List<Struct> gaps = new ArrayList<>();

  private OpcUaSourceTask start(PlantServer plant) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "press-shop");
    props.put("topic", "plant");
    props.put("status.topic", "status");
    props.put("devices.plant", plant.url());
    for (int i = 0; i < 5; i++) {
      props.put("tags.c" + i, PlantServer.address(Counters.id(i)));
    }
    props.put("tags.temperature", "/Objects/Press1/Temperature");
    props.put("opcua.pki.dir", pki.toString());
    props.put("opcua.trust.auto.accept", "true");
    props.put("opcua.publishing.interval.ms", "100");
    props.put("opcua.queue.size", "1000");
    props.put("opcua.keepalive.ms", "1000");
    OpcUaSourceTask task = new OpcUaSourceTask();
    task.initialize(new StoredOffsets(props));
    task.start(props);
    return task;
  }

  private void poll(OpcUaSourceTask task, boolean commit) throws InterruptedException {
    List<SourceRecord> records = task.poll();
    if (records == null) {
      return;
    }
    for (SourceRecord polled : records) {
      if (!commit) {
        continue;
      }
      Struct value = (Struct) polled.value();
      if (polled.topic().equals("plant") && value.getString("quality").equals("GOOD")) {
        values
            .computeIfAbsent(value.getString("tag"), tag -> new ArrayList<>())
            .add(value.getFloat64("value_double").longValue());
      } else if (value.schema().name().equals("io.connectot.Gap")) {
        gaps.add(value);
      }
      if (polled.sourcePartition() != null) {
        offsets.put(Map.copyOf(polled.sourcePartition()), new HashMap<>(polled.sourceOffset()));
      }
      task.commitRecord(polled, new RecordMetadata(new TopicPartition("plant", 0), 0, 0, 0, 0, 0));
    }
  }

  private void await3(OpcUaSourceTask task, long last) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              poll(task, true);
              return values.containsKey("c3") && values.get("c3").contains(last);
            });
  }

  @Test
  void losesNothingAndRepeatsNothingOverRestarts() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false))) {
      for (int life = 0; life < 3; life++) {
        OpcUaSourceTask task = start(plant);
        await3(task, 200L * life);
        for (int i = 0; i < 100; i++) {
          plant.counters().advance(3);
        }
        if (life == 1) {
          // Taken from the server, and not in Kafka when the task dies.
          await().atMost(LONG).until(() -> task.poll() != null);
        } else {
          await3(task, 200L * life + 100);
        }
        task.stop();
        for (int i = 0; i < 100; i++) {
          plant.counters().advance(3);
        }
      }

      assertThat(values.get("c3")).isEqualTo(LongStream.rangeClosed(0, 500).boxed().toList());
      assertThat(values.get("temperature")).containsExactly(21L);
      assertThat(gaps).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  /** The worker's store of offsets. */
  private final class StoredOffsets implements SourceTaskContext, OffsetStorageReader {
    private final Map<String, String> props;

    StoredOffsets(Map<String, String> props) {
      this.props = props;
    }

    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new NoSuchMethodError("as on a worker before Kafka 4.1");
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return offsets.get(Map.copyOf(partition));
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      partitions.forEach(partition -> found.put(partition, offset(partition)));
      return found;
    }
  }
}
