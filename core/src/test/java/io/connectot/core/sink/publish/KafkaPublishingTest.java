// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Value.LongValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaPublishingTest {
  private MockProducer<byte[], byte[]> producer = producer(false);
  private RecordPublisher publisher;

  @AfterEach
  void close() {
    if (publisher != null) {
      publisher.close();
    }
  }

  @Test
  void isCompleteWhenKafkaHasAllRecords() {
    publisher = publisher();
    CompletableFuture<Void> done =
        publisher.send(List.of(result(1), result(2))).toCompletableFuture();
    await().until(() -> producer.history().size() == 2);

    producer.completeNext();
    assertThat(done).isNotDone();
    producer.completeNext();
    assertThat(done).isCompleted();

    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("results");
    assertThat(text(record.key())).isEqualTo("plant/press/speed");
    assertThat(text(record.value()))
        .contains("\"state\":\"DONE\"", "\"command_offset\":1", "\"asked_value\":\"5\"");
    assertThat(text(record.headers().lastHeader("ot.record").value())).isEqualTo("result");
  }

  @Test
  void sendsAgainWhatKafkaDidNotTakeForNow() {
    publisher = publisher();
    CompletableFuture<Void> done = publisher.send(List.of(result(1))).toCompletableFuture();
    await().until(() -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("no leader"));
    await().until(() -> producer.history().size() == 2);
    assertThat(done).isNotDone();

    producer.completeNext();

    assertThat(done).isCompleted();
    assertThat(publisher.failure()).isEmpty();
  }

  @Test
  void reportsWhatKafkaNeverTakes() {
    publisher = publisher();
    CompletableFuture<Void> done = publisher.send(List.of(result(1))).toCompletableFuture();
    await().until(() -> producer.history().size() == 1);

    producer.errorNext(new RecordTooLargeException("too large"));

    assertThat(publisher.failure()).containsInstanceOf(RecordTooLargeException.class);
    assertThat(done).isNotDone();
  }

  private RecordPublisher publisher() {
    return new KafkaRecordPublisher(producer, records(), "test", Duration.ofMillis(1));
  }

  static KafkaRecords records() {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false"), false);
    return new KafkaRecords(converter);
  }

  private static MockProducer<byte[], byte[]> producer(boolean completes) {
    return new MockProducer<>(
        completes, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static PreparedRecord result(long offset) {
    return new CommandResultMapper(new RecordOrigin("plant", "tally", "c"), "results")
        .map(
            new CommandResult(
                "press",
                "speed",
                new CommandResult.Origin("a", "commands", 3, offset, null),
                State.DONE,
                false,
                null,
                null,
                new LongValue(5),
                null,
                1,
                null,
                Instant.EPOCH),
            null);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
