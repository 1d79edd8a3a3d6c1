// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A worker for the tasks of one connector: polls, commits, keeps offsets. */
final class MqttTaskRig implements AutoCloseable {
  /** What records of a topic came, in the order of commits. */
  final List<String> values = new ArrayList<>(); // guarded by itself

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new ConcurrentHashMap<>();
  private final List<Running> running = new ArrayList<>();

  /** Starts the connector's tasks. */
  void start(Map<String, String> props, int maxTasks) {
    MqttSourceConnector connector = new MqttSourceConnector();
    connector.start(props);
    for (Map<String, String> taskProps : connector.taskConfigs(maxTasks)) {
      MqttSourceTask task = new MqttSourceTask();
      task.initialize(new Context(taskProps));
      task.start(taskProps);
      running.add(new Running(task));
    }
    connector.stop();
  }

  /** What tasks failed with. */
  List<Throwable> failures() {
    return failures;
  }

  List<String> values() {
    synchronized (values) {
      return List.copyOf(values);
    }
  }

  /** Stops the tasks as a worker does: no more polls, then stop. */
  void stop() throws InterruptedException {
    running.forEach(one -> one.stopping.set(true));
    for (Running one : running) {
      one.end();
    }
    running.clear();
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Running {
    private final MqttSourceTask task;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread;

    Running(MqttSourceTask task) {
      this.task = task;
      this.thread = new Thread(this::run, "worker");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        while (!stopping.get()) {
          List<SourceRecord> batch = task.poll();
          if (batch != null) {
            batch.forEach(this::commit);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        failures.add(e);
      } finally {
        task.stop();
      }
    }

    private void commit(SourceRecord polled) {
      synchronized (values) {
        values.add(
            polled.value() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : polled.value().toString());
      }
      if (polled.sourceOffset() != null) {
        offsets.put(polled.sourcePartition(), new HashMap<>(polled.sourceOffset()));
      }
      task.commitRecord(polled, null);
    }

    void end() throws InterruptedException {
      stopping.set(true);
      thread.join(30_000);
      if (thread.isAlive()) {
        throw new AssertionError("the task does not stop");
      }
    }
  }

  private final class Context implements SourceTaskContext {
    private final Map<String, String> props;

    Context(Map<String, String> props) {
      this.props = props;
    }

    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new Offsets();
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return null;
    }
  }

  private final class Offsets implements OffsetStorageReader {
    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
      return found;
    }
  }
}
