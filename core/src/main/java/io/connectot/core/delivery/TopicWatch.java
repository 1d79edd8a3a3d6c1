// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.template.TopicCollisions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Ends the wait for topics that Kafka does not have. For a record of a topic that does not exist,
 * and that the broker does not create, the worker waits inside of the producer without end, or
 * tries again and again; it does not poll the task, which stays RUNNING.
 *
 * <p>The records of topics that took none so far are handed over in a {@link WatchedBatch}, by
 * which the worker's thread says which record it sends. When that takes too long, the task fails:
 * by an exception where the worker asks for the next record, and by an interrupt while it is inside
 * of the producer. A topic that took a record of this task is never watched, however long Kafka is
 * away.
 *
 * <p>{@link #watch} and what the batch calls are for the task's thread; the rest is thread-safe.
 */
public final class TopicWatch implements AutoCloseable {
  /** Until another look at a thread that cannot be interrupted now. */
  private static final Duration RECHECK = Duration.ofMillis(500);

  /** Where the worker's thread may be interrupted: nothing else of Kafka Connect is disturbed. */
  private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";

  /** More topics are not compared with each other. */
  private static final int MOST_COMPARED = 100_000;

  private final Settings settings;
  private final Clock clock;
  private final Alarm alarm;
  private final Predicate<Thread> interruptible;
  private final RecordsInFlight inFlight;

  /** Told of a failure that the worker reports without our words. */
  private final Consumer<ConnectException> onInterrupt;

  /** Topics that took a record. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Owned by the task's thread, as the next. */
  private final TopicCollisions collisions;

  private String lastKnown;

  /** The producer confirms many records of a topic in a row. Always one of the known. */
  private volatile String lastAccepted;

  private final ReentrantLock lock = new ReentrantLock();

  /** What the worker's thread sends; null for nothing that is watched. Guarded by {@link #lock}. */
  private Attempt attempt;

  /** The record of the last attempt, and when it was sent first. Guarded by {@link #lock}. */
  private SourceRecord waiting;

  private long waitingSince;

  /** Whether the worker's thread was interrupted. Guarded by {@link #lock}. */
  private boolean interrupted;

  /** What was done when the batch was taken, and what was not. Guarded by {@link #lock}. */
  private long doneThen;

  private long unacknowledgedThen;

  /**
   * How long topics are waited for.
   *
   * @param timeout {@code topic.timeout.ms}
   * @param maxBlock after which the producer gives up by itself; null for never
   * @param transforms whether transformations may change topics
   */
  public record Settings(Duration timeout, Duration maxBlock, boolean transforms) {}

  /** Calls later. */
  public interface Alarm extends AutoCloseable {
    /**
     * Calls once after a time, on another thread.
     *
     * @return cancels the call
     */
    Runnable after(Duration time, Runnable call);

    @Override
    void close();
  }

  /** One call of the producer. */
  private record Attempt(SourceRecord made, Thread thread, long since, Runnable cancelAlarm) {}

  /**
   * @param onInterrupt told of a failure before the worker's thread is interrupted
   */
  public TopicWatch(
      Settings settings,
      Clock clock,
      Alarm alarm,
      RecordsInFlight inFlight,
      Consumer<ConnectException> onInterrupt) {
    this(settings, clock, alarm, inFlight, onInterrupt, TopicWatch::isInProducer);
  }

  TopicWatch(
      Settings settings,
      Clock clock,
      Alarm alarm,
      RecordsInFlight inFlight,
      Consumer<ConnectException> onInterrupt,
      Predicate<Thread> interruptible) {
    this.settings = settings;
    this.clock = clock;
    this.alarm = alarm;
    this.inFlight = inFlight;
    this.onInterrupt = onInterrupt;
    this.interruptible = interruptible;
    this.collisions = new TopicCollisions(settings.transforms() ? 0 : MOST_COMPARED);
  }

  private static boolean isInProducer(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals(PRODUCER)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Watches records that the worker is about to take, where it has to.
   *
   * @throws ConnectException when Kafka cannot have the topic of one beside that of another
   */
  public List<SourceRecord> watch(List<SourceRecord> batch) {
    boolean unknown = false;
    for (SourceRecord each : batch) {
      if (!isKnown(each.topic())) {
        unknown = true;
        checkCollision(each);
      }
    }
    if (!unknown) {
      return batch;
    }
    lock.lock();
    try {
      doneThen = inFlight.doneCount();
      unacknowledgedThen = inFlight.isBoundedByCount() ? inFlight.count() : 0;
    } finally {
      lock.unlock();
    }
    return new WatchedBatch(batch, this);
  }

  private boolean isKnown(String topic) {
    if (topic.equals(lastKnown)) {
      return true;
    }
    if (!known.contains(topic)) {
      return false;
    }
    lastKnown = topic;
    return true;
  }

  private void checkCollision(SourceRecord made) {
    Optional<String> problem = collisions.add("another record", made.topic());
    if (problem.isPresent()) {
      throw new ConnectException(
          "A record of "
              + RecordSource.describe(made)
              + " cannot be written to its Kafka topic: it "
              + problem.get());
    }
  }

  /** Kafka has a record of a topic. */
  public void accepted(String topic) {
    if (topic.equals(lastAccepted)) {
      return;
    }
    if (!known.contains(topic)) {
      known.add(topic);
    }
    lastAccepted = topic;
  }

  /**
   * The worker's thread begins to send a record, possibly not for the first time.
   *
   * @throws ConnectException when it did so for too long
   */
  @SuppressWarnings("ReferenceEquality") // The worker tries one and the same record again.
  void sends(SourceRecord made) {
    if (isKnown(made.topic())) {
      return;
    }
    lock.lock();
    try {
      long now = clock.tick();
      if (made != waiting) {
        waiting = made;
        waitingSince = now;
      } else if (now - waitingSince >= settings.timeout().toNanos() && !isKafkaAway()) {
        throw failure(made);
      }
      Runnable cancel = alarm.after(settings.timeout(), this::check);
      attempt = new Attempt(made, Thread.currentThread(), now, cancel);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The worker's thread has sent a record, or has given up.
   *
   * @throws ConnectException when it took too long
   */
  void sent() {
    lock.lock();
    try {
      if (attempt == null) {
        return;
      }
      Attempt ended = attempt;
      attempt = null;
      ended.cancelAlarm().run();
      if (interrupted) {
        // The interrupt came too late for the producer, and is not for anybody else.
        clearInterrupt();
        throw failure(ended.made());
      }
      Duration maxBlock = settings.maxBlock();
      if (maxBlock != null
          && clock.tick() - ended.since() >= maxBlock.toNanos()
          && !known.contains(ended.made().topic())) {
        throw failure(ended.made());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks whether a record takes too long. On the thread of the alarm. */
  void check() {
    ConnectException failure = null;
    lock.lock();
    try {
      if (attempt == null || interrupted || known.contains(attempt.made().topic())) {
        return;
      }
      Duration left = settings.timeout().minusNanos(clock.tick() - attempt.since());
      if (left.compareTo(Duration.ZERO) > 0) {
        recheck(left);
      } else if (isKafkaAway() || !interruptible.test(attempt.thread())) {
        recheck(RECHECK);
      } else {
        interrupted = true;
        failure = failure(attempt.made());
        attempt.thread().interrupt();
      }
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      onInterrupt.accept(failure);
    }
  }

  private void recheck(Duration time) {
    Runnable cancel = alarm.after(time, this::check);
    attempt = new Attempt(attempt.made(), attempt.thread(), attempt.since(), cancel);
  }

  /**
   * Whether records of earlier batches wait, too: then it is not the topic. Workers with
   * transactions at intervals confirm none meanwhile, whatever Kafka does.
   */
  private boolean isKafkaAway() {
    return unacknowledgedThen > 0 && inFlight.doneCount() == doneThen;
  }

  /** Takes back the interrupt of a thread that is on its way out, so that it can close things. */
  public void clearInterrupt() {
    lock.lock();
    try {
      if (interrupted && Thread.interrupted()) {
        interrupted = false;
      }
    } finally {
      lock.unlock();
    }
  }

  private ConnectException failure(SourceRecord made) {
    return new ConnectException(
        "The Kafka topic "
            + made.topic()
            + " has not taken the first record of this task within topic.timeout.ms="
            + settings.timeout().toMillis()
            + ": a record of "
            + RecordSource.describe(made)
            + ". Either the topic does not exist and the broker creates none, or its name differs"
            + " from that of another topic only in '.' and '_', which Kafka refuses"
            + (settings.transforms() ? ", or it is what a transformation makes of this name" : "")
            + ". Create the topic, or set topic.creation.default.partitions and"
            + " topic.creation.default.replication.factor on the connector, or change the"
            + " template of the topic; then restart the task");
  }

  @Override
  public void close() {
    alarm.close();
  }
}
