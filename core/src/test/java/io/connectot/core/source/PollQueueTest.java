// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.delivery.ConverterCheck;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.RecordsInFlight;
import io.connectot.core.delivery.ThreadAlarm;
import io.connectot.core.delivery.TopicWatch;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.source.polling.PollerRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class PollQueueTest {
  private static final Duration HEARTBEAT = PollerRig.HEARTBEAT;

  /** More than a worker may have in flight. */
  private static final int TOO_MANY = 21_000;

  private final ManualClock time = new ManualClock();
  private final RecordBuffer buffer = new RecordBuffer(100_000, 1L << 30);
  private final RecordPipeline pipeline =
      PollerRig.pipeline(buffer, TaskMetrics.unpublished(), time.clock(), List.of());
  private final RecordsInFlight records = RecordsInFlight.boundedByCount(time::tick);
  private final PollQueue queue =
      new PollQueue(
          buffer,
          pipeline.statuses(),
          records,
          new ConverterCheck(Optional.empty(), false, false),
          new TopicWatch(
              new TopicWatch.Settings(Duration.ofMinutes(5), null, false),
              time.clock(),
              new ThreadAlarm("poll-queue-test"),
              records,
              failure -> {}),
          TaskMetrics.unpublished(),
          time::tick);

  @Test
  void repeatsStatusesWhileNothingElseFlows() throws Exception {
    queueStatuses("press", DeviceState.ONLINE);
    assertThat(poll()).containsExactly("press ONLINE");
    for (int i = 0; i < 3; i++) {
      time.advance(HEARTBEAT);
      assertThat(poll()).containsExactly("press ONLINE");
    }
  }

  @Test
  void aStatusThatWaitsComesInsteadOfARepetition() throws Exception {
    queueStatuses("press", DeviceState.ONLINE);
    poll();
    queueStatuses("press", DeviceState.OFFLINE);
    time.advance(HEARTBEAT);
    assertThat(poll()).containsExactly("press OFFLINE");
    time.advance(HEARTBEAT);
    assertThat(poll()).containsExactly("press OFFLINE");
  }

  @Test
  void aStatusOfAnotherDeviceComesAfterTheRepetition() throws Exception {
    queueStatuses("press", DeviceState.ONLINE);
    poll();
    time.advance(HEARTBEAT);
    queueStatuses("oven", DeviceState.OFFLINE);
    assertThat(poll()).containsExactly("press ONLINE", "oven OFFLINE");
  }

  @Test
  void repetitionsDoNotPileUpWhileKafkaIsStuck() throws Exception {
    queueStatuses("press", DeviceState.ONLINE);
    List<SourceRecord> inFlight = new ArrayList<>(queue.poll());
    for (int i = 0; i < TOO_MANY; i++) {
      queueStatuses("filler", DeviceState.ONLINE);
    }
    List<SourceRecord> more = queue.poll();
    while (more != null) {
      inFlight.addAll(more);
      more = queue.poll();
    }
    for (int i = 0; i < 10; i++) {
      time.advance(Duration.ofMillis(100));
      assertThat(queue.poll()).isNull();
    }
    time.advance(HEARTBEAT.multipliedBy(100));

    inFlight.forEach(each -> queue.committed((TrackedRecord) each, null));

    List<String> after = new ArrayList<>(poll());
    time.advance(HEARTBEAT.dividedBy(2));
    for (List<String> next = poll(); !next.isEmpty(); next = poll()) {
      after.addAll(next);
    }
    assertThat(after).filteredOn("press ONLINE"::equals).hasSize(1);
  }

  @Test
  void aStoppedTaskRepeatsNothing() throws Exception {
    queueStatuses("press", DeviceState.ONLINE);
    poll();
    queue.close();
    time.advance(HEARTBEAT);
    assertThat(queue.poll()).isNull();
  }

  private void queueStatuses(String device, DeviceState state) {
    RecordBatch batch = new RecordBatch();
    pipeline.map(
        new DeviceStatus(
            new Device<>(device, "tcp://" + device, "", Map.of()),
            state,
            Clock.instant(time.epochNanos()),
            "",
            "tcp://" + device),
        batch);
    pipeline.defer(batch.untracked(Map.of(), null, null));
  }

  private List<String> poll() throws InterruptedException {
    List<SourceRecord> polled = queue.poll();
    return polled == null
        ? List.of()
        : polled.stream().map(each -> PollerRig.line((Struct) each.value())).toList();
  }
}
