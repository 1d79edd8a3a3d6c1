// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.contract.OffsetStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.source.SourceRecord;

/** A worker for the tasks of one connector: polls, commits, keeps offsets. */
final class MqttTaskRig implements AutoCloseable {
  /** What records of a topic came, in the order of commits. */
  final List<String> values = new ArrayList<>(); // guarded by itself

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final OffsetStore offsets = new OffsetStore();
  private final List<Running> running = new ArrayList<>();

  /** Starts the connector's tasks. */
  void start(Map<String, String> props, int maxTasks) {
    MqttSourceConnector connector = new MqttSourceConnector();
    connector.start(props);
    for (Map<String, String> taskProps : connector.taskConfigs(maxTasks)) {
      MqttSourceTask task = new MqttSourceTask();
      task.initialize(offsets.context(taskProps));
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
      offsets.store(polled.sourcePartition(), polled.sourceOffset());
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
}
