// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.Threads;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.Tag;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.WriteSession;
import io.connectot.core.sink.command.check.Verification;
import io.connectot.core.sink.command.device.DeviceExecution;
import io.connectot.core.sink.command.device.DeviceLane;
import io.connectot.core.sink.command.device.DeviceLink;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.outcome.CommandOutcomes;
import io.connectot.core.sink.command.outcome.ResultBuilder;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.line.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The devices of a task as one target of its records: gives each command to the lane of its device,
 * and keeps the connections. It takes any number of commands; the task bounds them. Thread-safe.
 */
final class CommandSession implements WriteSession<Command>, DeviceLink.Observer {
  /** How often commands are checked for their expiry, and paused ones are tried again. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** How long the commands that devices are getting are waited for before offsets are committed. */
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long their results are waited for then. */
  private static final long RESULT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How long the command that a device is getting is waited for. */
  private static final long REVOKE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final CommandOutcomes outcomes;
  private final CommandJournal journal;
  private final DeviceStatuses statuses;
  private final Clock clock;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService ticker;
  private final Published published;
  private final List<DeviceLink<?, ?>> links = new ArrayList<>();
  private final Map<String, DeviceLane> lanes = new LinkedHashMap<>();

  /** By endpoint, in no particular order. */
  private final Map<DeviceLink<?, ?>, List<DeviceLane>> lanesOf = new LinkedHashMap<>();

  private volatile ConnectionEnd end;
  private volatile boolean closed;

  /** What writes to Kafka. */
  interface Published {
    /** Why nothing will be written any more; empty while something is. */
    Optional<Throwable> failure();

    /** Stops. */
    void close();
  }

  /**
   * @param published is closed with the session
   */
  <E, A> CommandSession(
      CommandSetup<E, A> setup,
      CommandOutcomes outcomes,
      CommandJournal journal,
      DeviceStatuses statuses,
      Published published,
      SinkContext context) {
    this.outcomes = outcomes;
    this.journal = journal;
    this.statuses = statuses;
    this.published = published;
    this.clock = context.clock();
    this.threads =
        new ThreadPoolExecutor(
            setup.threads(),
            setup.threads(),
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.factory(context.threads() + "-command-"));
    threads.allowCoreThreadTimeOut(true);
    this.ticker =
        new ScheduledThreadPoolExecutor(1, Threads.factory(context.threads() + "-command-tick-"));
    Verification<E, A> verification =
        new Verification<>(
            setup.verifyTimeout(),
            clock,
            duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    setup
        .endpoints()
        .forEach(
            (endpoint, devices) -> addEndpoint(setup, endpoint, devices, verification, context));
    context
        .metrics()
        .gauge(
            TaskMetric.DEVICES_CONNECTED,
            () -> links.stream().filter(link -> link.session().isPresent()).count());
  }

  private <E, A> void addEndpoint(
      CommandSetup<E, A> setup,
      String endpoint,
      Map<Device<E>, List<Tag<A>>> devices,
      Verification<E, A> verification,
      SinkContext context) {
    RetryPolicy retries = setup.retries();
    DeviceLink<E, A> link =
        new DeviceLink<>(
            setup.driver(),
            endpoint,
            devices,
            retries,
            Threads.factory(context.threads() + "-device-"),
            this,
            clock);
    links.add(link);
    List<DeviceLane> behind = new ArrayList<>();
    devices.forEach(
        (device, tags) -> {
          DeviceExecution<E, A> execution =
              new DeviceExecution<>(
                  device, tags, link, verification, journal, retries.first(), clock);
          DeviceLane lane = new DeviceLane(device, execution, outcomes, threads, clock);
          lanes.put(device.name(), lane);
          behind.add(lane);
        });
    lanesOf.put(link, behind);
  }

  @Override
  public void open(ConnectionEnd newEnd) {
    end = newEnd;
    links.forEach(DeviceLink::start);
    // It ends with the ticker.
    var unused =
        ticker.scheduleWithFixedDelay(
            this::checkAll, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkAll() {
    published.failure().or(outcomes::failure).ifPresent(this::failed);
    lanes.values().forEach(DeviceLane::wake);
    statuses.tick();
  }

  @Override
  public boolean write(Command command, Consumer<WriteResult> callback) {
    if (closed) {
      return false;
    }
    switch (journal.former(command)) {
      case OVER -> {
        callback.accept(new WriteResult(Outcome.DONE, ""));
        return true;
      }
      case STARTED -> {
        interrupted(command, callback);
        return true;
      }
      case NONE -> {
        // It is new.
      }
    }
    DeviceLane lane = lanes.get(command.device());
    if (command.problem() == null && lane != null) {
      lane.add(command, callback);
      return true;
    }
    String reason = command.problem();
    if (reason == null) {
      reason = unknownDevice(command.device());
    }
    ResultBuilder results = new ResultBuilder(command, 0, null, clock.wall().instant());
    outcomes.complete(command, null, results.all(State.REJECTED, null, reason), callback);
    return true;
  }

  private void interrupted(Command command, Consumer<WriteResult> callback) {
    ResultBuilder results = new ResultBuilder(command, 1, null, clock.wall().instant());
    outcomes.complete(
        command,
        null,
        results.all(
            State.UNKNOWN,
            "INTERRUPTED",
            "the task ended after the command may have been sent and before its result was known;"
                + " check the device"),
        callback);
  }

  private String unknownDevice(String name) {
    return "there is no device '"
        + name
        + "'"
        + Suggestion.of(name, lanes.keySet())
            .word()
            .map(word -> ", did you mean " + word + "?")
            .orElse("; add a line devices." + name + "=<url>, or correct the command");
  }

  @Override
  public boolean awaitWindow(Duration timeout) {
    return !closed;
  }

  @Override
  public int inFlight() {
    return lanes.values().stream().mapToInt(DeviceLane::size).sum();
  }

  /**
   * Offsets are about to be committed, perhaps because the task loses partitions: begins no command
   * until {@link #resume}, and waits for those that devices get now, so that no other task sends
   * them too.
   */
  void hold() throws InterruptedException {
    if (inFlight() == 0) {
      return;
    }
    lanes.values().forEach(DeviceLane::hold);
    long deadline = System.nanoTime() + COMMIT_NANOS;
    for (DeviceLane lane : lanes.values()) {
      lane.awaitCurrent(false, deadline - System.nanoTime());
    }
    deadline = System.nanoTime() + RESULT_NANOS;
    for (DeviceLane lane : lanes.values()) {
      lane.awaitCurrent(true, deadline - System.nanoTime());
    }
  }

  /** Begins commands again. */
  void resume() {
    lanes.values().forEach(DeviceLane::resume);
  }

  /** The task lost partitions: their commands are dropped, but for those that devices get now. */
  void revoke(Collection<TopicPartition> partitions) {
    long deadline = System.nanoTime() + REVOKE_NANOS;
    try {
      for (DeviceLane lane : lanes.values()) {
        lane.revoke(partitions, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void connected(DeviceLink<?, ?> link, boolean again) {
    report(link, DeviceState.ONLINE, "");
    lanesOf.get(link).forEach(DeviceLane::wake);
  }

  @Override
  public void disconnected(DeviceLink<?, ?> link, ProtocolException cause) {
    report(link, DeviceState.OFFLINE, cause.getMessage());
  }

  private void report(DeviceLink<?, ?> link, DeviceState state, String cause) {
    for (Device<?> device : link.devices()) {
      statuses.report(device, state, cause, link.currentEndpoint());
    }
  }

  /** A connection failed for good: fails the task. */
  @Override
  public void failed(Throwable cause) {
    ConnectionEnd current = end;
    if (current != null) {
      current.lost(
          cause instanceof ProtocolException fatal
              ? fatal
              : new ProtocolException(
                  Kind.FATAL,
                  Scope.CONNECTION,
                  "INTERNAL_ERROR",
                  "unexpected failure: " + cause + "; report it with the worker's log",
                  cause));
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ticker.shutdownNow();
    lanes.values().forEach(DeviceLane::close);
    long deadline = System.nanoTime() + CLOSE_NANOS;
    try {
      for (DeviceLane lane : lanes.values()) {
        lane.awaitIdle(deadline - System.nanoTime());
      }
      closeLinks();
      threads.shutdown();
      // A write that was cut off returns soon, with a result.
      threads.awaitTermination(CLOSE_NANOS / 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeLinks();
    } finally {
      threads.shutdownNow();
      published.close();
    }
  }

  /** In parallel, as each may take a moment. */
  private void closeLinks() {
    links.parallelStream().forEach(DeviceLink::close);
  }
}
