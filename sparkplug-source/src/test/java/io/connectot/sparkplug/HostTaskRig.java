// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.contract.OffsetStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A worker for one task, whose Kafka can stall. Keeps offsets over restarts. Thread-safe. */
public final class HostTaskRig implements AutoCloseable {
  private final List<SourceRecord> records = new CopyOnWriteArrayList<>();
  private final OffsetStore offsets = new OffsetStore();
  private final List<SourceRecord> unconfirmed = new ArrayList<>(); // owned by the worker's thread
  private volatile boolean stalled;
  private volatile boolean stopping;
  private volatile Throwable failure;
  private Thread worker;

  public void start(Map<String, String> props) {
    stopping = false;
    SparkplugSourceConnector connector = new SparkplugSourceConnector();
    connector.start(props);
    Map<String, String> taskProps = connector.taskConfigs(8).get(0);
    connector.stop();
    SparkplugSourceTask task = new SparkplugSourceTask();
    worker = new Thread(() -> run(task, taskProps), "worker");
    worker.setDaemon(true);
    worker.start();
  }

  private void run(SparkplugSourceTask task, Map<String, String> props) {
    try {
      task.initialize(offsets.context(props));
      task.start(props);
      while (!stopping) {
        List<SourceRecord> batch = task.poll();
        if (batch != null) {
          records.addAll(batch);
          unconfirmed.addAll(batch);
        }
        if (!stalled) {
          unconfirmed.forEach(each -> confirm(task, each));
          unconfirmed.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      task.stop();
    }
  }

  private void confirm(SparkplugSourceTask task, SourceRecord each) {
    offsets.store(each.sourcePartition(), each.sourceOffset());
    task.commitRecord(each, null);
  }

  /** Kafka confirms nothing from now on, or everything again. */
  public void stall(boolean on) {
    stalled = on;
  }

  /** What was not confirmed never came to Kafka. After {@link #stop}. */
  public void forgetUnconfirmed() {
    records.removeAll(unconfirmed);
    unconfirmed.clear();
  }

  Throwable failure() {
    return failure;
  }

  Map<Map<String, ?>, Map<String, Object>> offsets() {
    return offsets.all();
  }

  List<Struct> values(String schema) {
    return records.stream()
        .filter(each -> each.valueSchema().name().equals("io.connectot." + schema))
        .map(each -> (Struct) each.value())
        .toList();
  }

  List<Struct> measurements(String device, String tag) {
    return values("Measurement").stream()
        .filter(each -> each.getString("device").equals(device))
        .filter(each -> each.getString("tag").equals(tag))
        .toList();
  }

  public List<Long> longs(String device, String tag) {
    return measurements(device, tag).stream().map(each -> each.getInt64("value_long")).toList();
  }

  /** The states of a device, without repetitions. */
  public List<String> states(String device) {
    return values("DeviceStatus").stream()
        .filter(each -> each.getString("device").equals(device))
        .map(each -> each.getString("state"))
        .toList();
  }

  public void stop() throws InterruptedException {
    stopping = true;
    worker.join(30_000);
    if (worker.isAlive()) {
      throw new AssertionError("the task does not stop");
    }
  }

  @Override
  public void close() {
    try {
      if (worker != null) {
        stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
