// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.metrics.TaskMetric;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The protocol's part of one sink task: mapping and connections. Called by the task's thread.
 *
 * @param <W> what is written for a record
 */
public interface SinkDriver<W> {

  /**
   * The configuration, whose definition has the keys of {@link
   * io.connectot.core.config.common.BufferConfig} and the reconnect keys of {@link
   * io.connectot.core.config.common.ConnectionConfig}.
   */
  Configuration config();

  /** What messages call the other side, e.g. {@code broker}. */
  String target();

  /** Maps the task's records. */
  WriteMapper<W> mapper();

  /**
   * The cause and the remedy of a refused write, for the message of its error.
   *
   * @param reason of the {@link WriteResult}
   */
  String refusal(W write, String reason);

  /** Which metrics the task has. */
  default TaskMetric.Scope metrics() {
    return TaskMetric.Scope.SINK;
  }

  /**
   * Whether the task fails at a record that cannot be written or is refused, if the worker has no
   * error reporter. Otherwise the cause is logged.
   */
  default boolean failsWithoutReporter() {
    return true;
  }

  /**
   * The task gets the records of partitions from now on; called before the first of them.
   *
   * @param context of the task
   */
  default void assigned(Collection<TopicPartition> partitions, SinkTaskContext context) {
    // Most targets do not mind where records come from.
  }

  /**
   * Offsets are about to be committed, perhaps because the task loses partitions: what must not be
   * written twice is finished first, within a minute, and nothing is begun before {@link #resume}.
   */
  default void hold() throws InterruptedException {
    // Most targets may get a record twice.
  }

  /** The offsets were committed, and the task goes on. */
  default void resume() {
    // Most targets may get a record twice.
  }

  /** The task lost partitions; it drops their records that have no result. */
  default void revoked(Collection<TopicPartition> partitions) {
    // Most targets do not mind where records come from.
  }

  /**
   * Creates the sessions of a task: one for each attempt to connect. Called once; the supplier is
   * called by the thread that connects, and opens nothing.
   */
  Supplier<? extends WriteSession<W>> sessions(SinkContext context);

  /** Why the driver cannot go on, with the remedy, which fails the task; empty while it can. */
  default Optional<Throwable> failure() {
    return Optional.empty();
  }

  /** The task ends, after its last session. Waits a second at most. Idempotent. */
  default void close() {
    // Most drivers have nothing beside their sessions.
  }
}
