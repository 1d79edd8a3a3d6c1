// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.console.record.PlantRecord;
import io.connectot.core.connection.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PlantReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("plant", 0);
  private static final String RECORD =
      "{\"path\":\"a/t\",\"device\":\"a\",\"tag\":\"t\",\"protocol\":\"p\",\"connector\":\"c\","
          + "\"event_time\":1,\"event_time_ns\":1,\"value_long\":5,\"quality\":\"GOOD\"}";

  private final AtomicLong ticker = new AtomicLong();
  private final PlantView view = new PlantView();
  private final AtomicInteger opened = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  @Test
  void readsOnlyWhileThereAreRequests() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    PlantReader reader =
        new PlantReader(
            () -> consumer(read),
            () -> List.of(Pattern.compile("plant")),
            List::of,
            view,
            new Clock(InstantSource.system(), ticker::get));
    assertThat(opened).hasValue(0);

    reader.look();
    reader.look();
    assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(opened).hasValue(1);
    assertThat(view.tag("a/t").orElseThrow().newest().value()).isEqualTo("5");

    ticker.addAndGet(TimeUnit.MINUTES.toNanos(2));
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    reader.close();
  }

  @Test
  void readsNoValuesForAMonitoringSystemThatNeverStops() throws Exception {
    CountDownLatch statuses = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    PlantReader reader =
        new PlantReader(
            () -> consumer(read),
            () -> List.of(Pattern.compile("plant")),
            () -> {
              statuses.countDown();
              return List.of(Pattern.compile("plant.status"));
            },
            view,
            new Clock(InstantSource.system(), ticker::get));

    reader.lookAtStates();
    assertThat(statuses.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(view.tagCount()).isZero();

    reader.look();
    assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(view.tagCount()).isEqualTo(1);
    view.accept(
        new PlantRecord.DeviceState(
            "a", "a", "p", "c", "ONLINE", null, "tcp://a", Instant.EPOCH, Instant.MAX));

    long end = TimeUnit.MINUTES.toNanos(2);
    while (ticker.get() < end) {
      ticker.addAndGet(TimeUnit.SECONDS.toNanos(1));
      reader.lookAtStates();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> view.tagCount() == 0);
    assertThat(view.devices()).hasSize(1);
    assertThat(closed.getCount()).isEqualTo(1);
    reader.close();
  }

  @Test
  void readsAgainAfterAnUnexpectedFailure() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    PlantReader reader =
        new PlantReader(
            () -> consumer(read),
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("odd");
              }
              return List.of(Pattern.compile("plant"));
            },
            List::of,
            view,
            new Clock(InstantSource.system(), ticker::get));

    reader.look();

    assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(asked).hasValueGreaterThan(1);
    reader.close();
  }

  private MockConsumer<byte[], byte[]> consumer(CountDownLatch read) {
    opened.incrementAndGet();
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("latest") {
          @Override
          public synchronized Map<
                  TopicPartition, org.apache.kafka.clients.consumer.OffsetAndTimestamp>
              offsetsForTimes(Map<TopicPartition, Long> times) {
            return Map.of();
          }

          @Override
          public void close() {
            closed.countDown();
            super.close();
          }
        };
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        "plant",
        List.of(new PartitionInfo("plant", 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    consumer.schedulePollTask(
        () -> {
          ConsumerRecord<byte[], byte[]> record =
              new ConsumerRecord<>("plant", 0, 0, null, RECORD.getBytes(StandardCharsets.UTF_8));
          record.headers().add("ot.record", "measurement".getBytes(StandardCharsets.UTF_8));
          consumer.addRecord(record);
        });
    consumer.schedulePollTask(read::countDown);
    return consumer;
  }
}
