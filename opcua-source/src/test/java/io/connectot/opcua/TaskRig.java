// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.awaitility.Awaitility.await;

import io.connectot.core.contract.OffsetStore;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** One task of the connector, and the worker it runs in. For the test's thread. */
final class TaskRig implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Map<String, String> props = new HashMap<>();
  private OffsetStore offsets = new OffsetStore();
  private List<SourceRecord> committed = new ArrayList<>();
  private final List<SourceRecord> held = new ArrayList<>();
  private OpcUaSourceTask task;
  private boolean holds;

  TaskRig(PlantServer plant, Path pki, Map<String, String> config) {
    this(plant.url(), pki, config);
  }

  /**
   * @param url of any server
   */
  TaskRig(String url, Path pki, Map<String, String> config) {
    props.put("name", "press-shop");
    props.put("topic", "plant");
    props.put("devices.plant", url);
    props.put("opcua.pki.dir", pki.toString());
    props.put("opcua.trust.auto.accept", "true");
    props.put("opcua.publishing.interval.ms", "50");
    props.put("opcua.queue.size", "1000");
    props.put("opcua.keepalive.ms", "500");
    props.put("reconnect.backoff.ms", "50");
    props.putAll(config);
  }

  /** Another task of the same connector. */
  static TaskRig share(PlantServer plant, Path pki, Map<String, String> config, int index) {
    Map<String, String> task = new HashMap<>(config);
    task.put("task.index", Integer.toString(index));
    task.put("task.count", "2");
    return new TaskRig(plant, pki, task);
  }

  /** Changes the configuration of the next start. */
  void configure(String key, String value) {
    props.put(key, value);
  }

  /** Removes keys of subscriptions, which a task that polls refuses. */
  TaskRig polling() {
    props.put("opcua.mode", "poll");
    props
        .keySet()
        .removeAll(
            List.of("opcua.publishing.interval.ms", "opcua.queue.size", "opcua.keepalive.ms"));
    return this;
  }

  /** Uses the Kafka of another task. */
  TaskRig sharing(TaskRig other) {
    offsets = other.offsets;
    committed = other.committed;
    return this;
  }

  TaskRig start() {
    task = new OpcUaSourceTask();
    task.initialize(offsets.context(props));
    task.start(new HashMap<>(props));
    return this;
  }

  /** Stops the task; what was polled and is not in Kafka never will be. */
  void stop() {
    task.stop();
    held.clear();
  }

  /** Whether records stay on their way to Kafka from now on. */
  void hold(boolean value) {
    holds = value;
    if (!holds) {
      held.forEach(this::commit);
      held.clear();
    }
  }

  /** The records on their way to Kafka. */
  List<SourceRecord> held() {
    return held;
  }

  /** Polls once. */
  void poll() throws InterruptedException {
    List<SourceRecord> records = task.poll();
    for (SourceRecord polled : records == null ? List.<SourceRecord>of() : records) {
      if (holds) {
        held.add(polled);
      } else {
        commit(polled);
      }
    }
  }

  /** Polls until nothing comes for as long as the task waits. */
  void pollIdle() throws InterruptedException {
    int before;
    do {
      before = held.size() + committed.size();
      poll();
    } while (held.size() + committed.size() > before);
  }

  private void commit(SourceRecord polled) {
    committed.add(polled);
    offsets.store(polled.sourcePartition(), polled.sourceOffset());
    task.commitRecord(polled, new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0));
  }

  /** Polls until something is so. */
  void until(Callable<Boolean> condition) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              poll();
              return condition.call();
            });
  }

  /** All records in Kafka, from one on. */
  List<SourceRecord> recordsFrom(int index) {
    return committed.subList(index, committed.size());
  }

  /** The records of a topic that are in Kafka, without tombstones. */
  List<Struct> values(String topic) {
    return committed.stream()
        .filter(polled -> polled.topic().equals(topic) && polled.value() != null)
        .map(polled -> (Struct) polled.value())
        .toList();
  }

  /** A field of all records of a topic. */
  List<Object> values(String topic, String field) {
    // Fields may hold null.
    return Arrays.asList(values(topic).stream().map(value -> value.get(field)).toArray());
  }

  /** What a topic holds after it was compacted, by key. */
  Map<String, Struct> compacted(String topic) {
    Map<String, Struct> last = new HashMap<>();
    for (SourceRecord polled : committed) {
      if (polled.topic().equals(topic) && polled.value() == null) {
        last.remove((String) polled.key());
      } else if (polled.topic().equals(topic)) {
        last.put((String) polled.key(), (Struct) polled.value());
      }
    }
    return last;
  }

  @Override
  public void close() {
    if (task != null) {
      task.stop();
    }
  }
}
