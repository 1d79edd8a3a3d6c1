// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.sink.publish.JournalStore.NotWrittenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class KafkaJournalStoreTest {
  private static final TopicPartition COMMANDS = new TopicPartition("commands", 3);

  private final JournalTopic kafka = new JournalTopic();
  private final KafkaJournalStore store = store();

  /** Transactions of the claim. */
  private long claimCommits;

  private KafkaJournalStore store() {
    return new KafkaJournalStore(
        "c",
        "journal",
        partition -> kafka.producer(),
        kafka::consumer,
        KafkaPublishingTest.records());
  }

  @Test
  void writesNotesAndResultsInOneTransaction() throws Exception {
    store.claim(List.of(COMMANDS));
    long before = kafka.last().commitCount();
    store.write(COMMANDS, "press", "7 STARTED", List.of());
    store.write(COMMANDS, "press", "7 OVER", List.of(KafkaPublishingTest.result(7)));

    assertThat(kafka.last().commitCount() - before).isEqualTo(2);
    assertThat(kafka.committed).hasSize(3);
    assertThat(kafka.committed.subList(0, 2))
        .containsExactly(
            "journal c/commands/3/note/press 7 STARTED", "journal c/commands/3/note/press 7 OVER");
    assertThat(kafka.committed.get(2)).startsWith("results ");
    store.close();
    assertThat(kafka.last().closed()).isTrue();
  }

  @Test
  void readsTheNotesOfItsPartition() {
    kafka.note("c/commands/3/note/press", "5 STARTED");
    kafka.note("c/commands/33/note/press", "9 OVER");
    kafka.note("d/commands/3/note/press", "9 OVER");
    kafka.note("c/commands/3/note/press", "6 OVER");
    assertThat(store.claim(List.of(COMMANDS)))
        .isEqualTo(Map.of(COMMANDS, Map.of("press", "6 OVER")));
    assertThat(kafka.last().transactionInitialized()).isTrue();
  }

  @Test
  void excludesAllFormerOwnersBeforeItReads() {
    store.claim(List.of(COMMANDS, new TopicPartition("commands", 4)));
    assertThat(kafka.calls).containsExactly("init", "init", "read", "read");
  }

  @Test
  void writesNothingWhenAnotherTaskOwnsThePartition() {
    store.claim(List.of(COMMANDS));
    JournalTopic.TransactionalProducer first = kafka.last();
    store().claim(List.of(COMMANDS));
    first.fenceProducer();

    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("another owner");
    assertThat(kafka.committed).isEmpty();
    store.release(List.of(COMMANDS));
    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("does not own");
  }

  @Test
  void remainsTheOwnerWhenKafkaEndedItsTransaction() throws Exception {
    store.claim(List.of(COMMANDS));
    kafka.last().failure = new InvalidProducerEpochException("the transaction took too long");
    kafka.last().abortTransactionException = new ProducerFencedException("fenced");
    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(NotWrittenException.class);
    assertThat(kafka.producers).hasSize(2);
    store.write(COMMANDS, "press", "7 STARTED", List.of());
    assertThat(kafka.committed).containsExactly("journal c/commands/3/note/press 7 STARTED");
  }

  @Test
  void findsOutThatKafkaHasTheTransaction() throws Exception {
    store.claim(List.of(COMMANDS));
    kafka.last().lateFailure = new KafkaException("the answer was lost");
    store.write(COMMANDS, "press", "7 OVER", List.of(KafkaPublishingTest.result(7)));
    assertThat(kafka.committed).hasSize(2);
  }

  @Test
  void waitsForAKafkaThatIsAwayForLongerThanTheDeliveryTimeout() throws Exception {
    store.claim(List.of(COMMANDS));
    kafka.last().failure = new KafkaException("Expiring 1 record(s): 60000 ms has passed");
    kafka.last().abortTransactionException = new TimeoutException("away");
    kafka.timeouts = 20;
    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 OVER", List.of()))
        .isInstanceOf(NotWrittenException.class);
    assertThat(kafka.timeouts).isZero();
    store.write(COMMANDS, "press", "7 OVER", List.of(KafkaPublishingTest.result(7)));
    assertThat(kafka.committed).hasSize(2);
  }

  @Test
  void writesAllOrNothing() {
    store.claim(List.of(COMMANDS));
    kafka.last().sendException = new TimeoutException("away");

    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(NotWrittenException.class);

    assertThat(kafka.last().transactionAborted()).isTrue();
    assertThat(kafka.committed).isEmpty();
  }

  @Test
  void doesNotRetryWhatKafkaNeverTakes() {
    store.claim(List.of(COMMANDS));
    kafka.last().sendException = new RecordTooLargeException("too large");

    assertThatThrownBy(
            () -> store.write(COMMANDS, "press", "7 OVER", List.of(KafkaPublishingTest.result(7))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("too large");
    assertThat(kafka.last().transactionAborted()).isTrue();
  }

  @Test
  void writesTogetherWhatWaits() throws Exception {
    store.claim(List.of(COMMANDS));
    List<Throwable> failures = writeWhileAnotherIsWritten("b", "c", "d");
    assertThat(failures).isEmpty();
    assertThat(kafka.committed).hasSize(4);
    assertThat(kafka.last().commitCount() - claimCommits).isEqualTo(2);
  }

  @Test
  void onlyWhatKafkaNeverTakesIsNotWritten() throws Exception {
    store.claim(List.of(COMMANDS));
    kafka.last().tooLarge = "c";
    List<Throwable> failures = writeWhileAnotherIsWritten("b", "c", "d");
    assertThat(failures)
        .singleElement(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("too large");
    assertThat(kafka.committed)
        .containsExactlyInAnyOrder(
            "journal c/commands/3/note/a a",
            "journal c/commands/3/note/b b",
            "journal c/commands/3/note/d d");
  }

  /** Returns the failures of the notes that were written while another one was. */
  private List<Throwable> writeWhileAnotherIsWritten(String... notes) throws Exception {
    claimCommits = kafka.last().commitCount();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    kafka.last().beforeCommit =
        () -> {
          first.countDown();
          awaitUninterruptibly(others);
        };
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    threads.add(writer("a", failures));
    first.await();
    for (String note : notes) {
      threads.add(writer(note, failures));
    }
    await()
        .until(
            () ->
                threads.stream()
                    .skip(1)
                    .allMatch(thread -> thread.getState() == Thread.State.BLOCKED));
    others.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return failures;
  }

  private Thread writer(String note, List<Throwable> failures) {
    Thread thread =
        new Thread(
            () -> {
              try {
                store.write(COMMANDS, note, note, List.of());
              } catch (NotWrittenException | RuntimeException e) {
                failures.add(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNameOfADeviceIsNoOwner() throws Exception {
    store.claim(List.of(COMMANDS));
    for (String device : List.of("", "?", "owner", "mark")) {
      store.write(COMMANDS, device, "6 OVER", List.of(KafkaPublishingTest.result(6)));
    }
    kafka.last().failure = new InvalidProducerEpochException("the transaction took too long");
    kafka.last().abortTransactionException = new ProducerFencedException("fenced");

    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(NotWrittenException.class);
    assertThat(store().claim(List.of(COMMANDS)).get(COMMANDS))
        .containsOnlyKeys("", "?", "owner", "mark");
  }

  @Test
  void takesNoPartitionBackThatWasGivenUpMeanwhile() {
    store.claim(List.of(COMMANDS));
    kafka.last().beforeCommit =
        () -> {
          store.release(List.of(COMMANDS));
          throw new IllegalStateException("closed");
        };
    kafka.last().abortTransactionException = new KafkaException("closed");

    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 STARTED", List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("does not own");
    assertThat(kafka.producers).hasSize(1);
  }

  @Test
  void aStoreThatWasClosedWritesNothing() {
    store.claim(List.of(COMMANDS));
    store.close();

    assertThatThrownBy(() -> store.write(COMMANDS, "press", "7 OVER", List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("does not own");
    assertThat(kafka.producers).hasSize(1);
  }

  @Test
  void beginsNoTransactionForARecordThatCannotBeConverted() {
    KafkaJournalStore unable =
        new KafkaJournalStore(
            "c",
            "journal",
            partition -> kafka.producer(),
            kafka::consumer,
            record -> {
              throw new DataException("no such type");
            });
    unable.claim(List.of(COMMANDS));

    assertThatThrownBy(
            () -> unable.write(COMMANDS, "press", "7 OVER", List.of(KafkaPublishingTest.result(7))))
        .isInstanceOf(DataException.class);
    assertThat(kafka.last().transactionInFlight()).isFalse();
  }
}
