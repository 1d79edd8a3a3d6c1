// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.source.polling.ScanScheduler.Job;
import io.connectot.core.source.polling.ScanScheduler.Lane;
import io.connectot.core.source.polling.ScanScheduler.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanSchedulerTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final Next NEVER = new Next(Long.MAX_VALUE / 2, Lane.LIVE);

  private final AtomicLong tick = new AtomicLong();
  private final Clock clock = new Clock(Clock.SYSTEM.wall(), tick::get);
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<ScanScheduler> schedulers = new ArrayList<>();

  @AfterEach
  void close() {
    schedulers.forEach(ScanScheduler::close);
  }

  @Test
  void runsJobsInTheOrderTheyAreDue() {
    ScanScheduler scheduler = scheduler(1);
    Queue<String> ran = new ConcurrentLinkedQueue<>();
    scheduler.schedule(once(() -> ran.add("third")), live(3 * HOUR));
    scheduler.schedule(once(() -> ran.add("first")), live(HOUR));
    scheduler.schedule(once(() -> ran.add("second")), live(2 * HOUR));
    assertThat(ran).isEmpty();

    tick.set(4 * HOUR);
    scheduler.schedule(once(() -> ran.add("last")), live(4 * HOUR));

    await()
        .untilAsserted(() -> assertThat(ran).containsExactly("first", "second", "third", "last"));
  }

  @Test
  void reportsThatItCannotStartAThread() {
    OutOfMemoryError failure = new OutOfMemoryError("unable to create native thread");
    Clock failing =
        new Clock(
            Clock.SYSTEM.wall(),
            () -> {
              throw failure;
            });
    ScanScheduler scheduler = new ScanScheduler("test", 1, failing, failures::add);
    schedulers.add(scheduler);

    scheduler.schedule(once(() -> {}), live(0));

    await().untilAsserted(() -> assertThat(failures).containsExactly(failure));
  }

  @Test
  void runsNothingBeforeItIsDue() {
    ScanScheduler scheduler = scheduler(1);
    Queue<String> ran = new ConcurrentLinkedQueue<>();
    scheduler.schedule(once(() -> ran.add("later")), live(1 + HOUR));
    tick.set(HOUR);
    scheduler.schedule(once(() -> ran.add("now")), live(HOUR));

    await().untilAsserted(() -> assertThat(ran).containsExactly("now"));
  }

  @Test
  void startsJobsThatBecomeDueWhileNoThreadIsBusy() throws Exception {
    ScanScheduler scheduler = new ScanScheduler("test", 1, Clock.SYSTEM, failures::add);
    schedulers.add(scheduler);
    CountDownLatch runs = new CountDownLatch(20);

    scheduler.schedule(
        () -> {
          runs.countDown();
          return new Next(Clock.SYSTEM.tick() + TimeUnit.MILLISECONDS.toNanos(1), Lane.LIVE);
        },
        live(Clock.SYSTEM.tick()));

    assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aThreadThatHasRunAJobTakesTheNextOneThatIsDue() throws Exception {
    ScanScheduler scheduler = scheduler(1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    scheduler.schedule(
        once(
            () -> {
              started.countDown();
              awaitQuietly(answer);
            }),
        live(0));
    assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();
    CountingJob waiting = new CountingJob(3, Lane.LIVE);
    scheduler.schedule(waiting, live(0));

    answer.countDown();

    assertThat(waiting.finished.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aJobThatChangesTheLaneRunsOn() throws Exception {
    ScanScheduler scheduler = scheduler(1);
    CountDownLatch runs = new CountDownLatch(20);

    scheduler.schedule(
        () -> {
          runs.countDown();
          return new Next(0, runs.getCount() % 2 == 0 ? Lane.LIVE : Lane.RECOVERY);
        },
        live(0));

    assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aJobNeverRunsTwiceAtOnce() {
    ScanScheduler scheduler = scheduler(4);
    int runs = 500;
    List<CountingJob> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      CountingJob job = new CountingJob(runs, i % 2 == 0 ? Lane.LIVE : Lane.RECOVERY);
      jobs.add(job);
      scheduler.schedule(job, live(0));
    }

    await().until(() -> jobs.stream().allMatch(job -> job.finished.getCount() == 0));

    assertThat(jobs).noneMatch(job -> job.overlapped.get());
    assertThat(jobs).allMatch(job -> job.runs == runs);
  }

  @Test
  void deadDevicesDoNotKeepLiveOnesWaiting() throws Exception {
    ScanScheduler scheduler = scheduler(2);
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(2);
    for (int i = 0; i < 20; i++) {
      scheduler.schedule(
          once(
              () -> {
                stuck.countDown();
                awaitQuietly(answer);
              }),
          new Next(0, Lane.RECOVERY));
    }
    assertThat(stuck.await(1, TimeUnit.MINUTES)).isTrue();

    CountingJob live = new CountingJob(50, Lane.LIVE);
    scheduler.schedule(live, live(0));

    assertThat(live.finished.await(1, TimeUnit.MINUTES)).isTrue();
    answer.countDown();
  }

  @Test
  void reportsWhatAJobThrowsAndGoesOnWithTheOthers() throws Exception {
    ScanScheduler scheduler = scheduler(1);
    IllegalStateException bug = new IllegalStateException("a bug");
    AtomicInteger runs = new AtomicInteger();
    scheduler.schedule(
        () -> {
          runs.incrementAndGet();
          throw bug;
        },
        live(0));
    CountingJob other = new CountingJob(10, Lane.LIVE);
    scheduler.schedule(other, live(0));

    assertThat(other.finished.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(failures).containsExactly(bug);
    assertThat(runs).hasValue(1);
  }

  @Test
  void closingInterruptsWhatRunsAndEndsEveryThread() throws Exception {
    ScanScheduler scheduler = scheduler(1);
    CountDownLatch running = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    Runnable stuck =
        () -> {
          running.countDown();
          if (!awaitQuietly(new CountDownLatch(1))) {
            interrupted.incrementAndGet();
          }
        };
    scheduler.schedule(once(stuck), live(0));
    scheduler.schedule(once(stuck), new Next(0, Lane.RECOVERY));
    assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();

    scheduler.close();

    assertThat(scheduler.awaitStopped(TimeUnit.MINUTES.toNanos(1))).isTrue();
    assertThat(interrupted).hasValue(2);
    assertThat(failures).isEmpty();
  }

  @Test
  void runsNothingOnceItIsClosed() throws Exception {
    ScanScheduler scheduler = scheduler(1);
    AtomicInteger runs = new AtomicInteger();
    scheduler.schedule(once(runs::incrementAndGet), live(HOUR));
    scheduler.close();
    scheduler.close();
    tick.set(2 * HOUR);
    scheduler.schedule(once(runs::incrementAndGet), live(0));

    assertThat(scheduler.awaitStopped(TimeUnit.MINUTES.toNanos(1))).isTrue();
    assertThat(runs).hasValue(0);
  }

  private ScanScheduler scheduler(int threads) {
    ScanScheduler scheduler = new ScanScheduler("scheduler-test", threads, clock, failures::add);
    schedulers.add(scheduler);
    return scheduler;
  }

  private static Next live(long tick) {
    return new Next(tick, Lane.LIVE);
  }

  private static Job once(Runnable work) {
    return () -> {
      work.run();
      return NEVER;
    };
  }

  /** False when interrupted. */
  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Is due again at once, a number of times, and notices when it runs twice at once. */
  private static final class CountingJob implements Job {
    private final int most;
    private final Lane lane;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();

    /** Not atomic on purpose: the scheduler promises a happens-before edge between two runs. */
    private int runs;

    CountingJob(int most, Lane lane) {
      this.most = most;
      this.lane = lane;
    }

    @Override
    public Next run() {
      if (!running.compareAndSet(false, true)) {
        overlapped.set(true);
      }
      runs++;
      boolean last = runs == most;
      running.set(false);
      if (last) {
        finished.countDown();
      }
      return last ? NEVER : new Next(0, lane);
    }
  }
}
