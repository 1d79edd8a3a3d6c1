// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.AfterEach;

/** What tests of sink tasks need of a worker: two partitions, their records and their offsets. */
public abstract class SinkTaskFixture {
  protected static final TopicPartition P0 = new TopicPartition("plant", 0);
  protected static final TopicPartition P1 = new TopicPartition("plant", 1);
  protected static final Duration LIMIT = Duration.ofMinutes(1);

  /** Null before {@link #start}. */
  protected FakeSinkTaskContext context;

  /** The task under test, always the same. */
  protected abstract SinkTask task();

  /** The configuration of the task, without pauses before it connects again. */
  protected abstract Map<String, String> props();

  /**
   * Starts the task with both partitions.
   *
   * @param reporter whether the worker has a dead letter queue
   * @param settings keys and values in turn, in addition to {@link #props}
   */
  protected final void start(boolean reporter, String... settings) {
    context = new FakeSinkTaskContext(reporter);
    context.assign(P0, P1);
    Map<String, String> props = new HashMap<>(props());
    props.put("reconnect.backoff.ms", "1");
    props.put("reconnect.backoff.max.ms", "5");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    task().initialize(context);
    task().start(props);
    task().open(List.of(P0, P1));
  }

  @AfterEach
  final void stop() {
    task().stop();
  }

  protected static SinkRecord record(TopicPartition partition, long offset) {
    return record(partition, offset, partition.partition() + ":" + offset);
  }

  protected static SinkRecord record(TopicPartition partition, long offset, Object value) {
    return SinkRecords.of(partition, offset, value);
  }

  protected static List<SinkRecord> records(TopicPartition partition, int from, int to) {
    return IntStream.range(from, to).mapToObj(offset -> record(partition, offset)).toList();
  }

  /** The values of such records. */
  protected static List<String> texts(int partition, int from, int to) {
    return IntStream.range(from, to).mapToObj(offset -> partition + ":" + offset).toList();
  }

  /** The offset that the task lets the worker commit for a partition. */
  protected final long committed(TopicPartition partition, long current) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        task().preCommit(Map.of(partition, new OffsetAndMetadata(current)));
    assertThat(offsets).containsOnlyKeys(partition);
    return offsets.get(partition).offset();
  }

  protected final void awaitCommitted(TopicPartition partition, long current, long expected) {
    await().atMost(LIMIT).until(() -> committed(partition, current) == expected);
  }
}
