// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.connectot.core.source.OtSourceTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every protocol has to keep, polled or streaming. Extend one of its two subclasses. Each test
 * has a device of its own.
 *
 * @param <H> the device to play with
 */
public abstract class SourceContractTest<H extends DeviceHarness> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What {@code start()} and {@code poll()} may take, far beyond what they promise. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** How many polls without news count as nothing more to come. */
  private static final int QUIET_POLLS = 4;

  private static final AtomicInteger CONNECTORS = new AtomicInteger();

  private final OffsetStore offsets = new OffsetStore();
  private final List<RunningTask> tasks = new ArrayList<>();
  private H device;

  /** A task of the protocol, not started. */
  protected abstract OtSourceTask newTask();

  /** A device of the protocol, not started, of which this test is the only user. */
  protected abstract H newDevice() throws Exception;

  /** Whether the protocol can fail for one tag alone, see {@link DeviceHarness#breakTag}. */
  protected boolean canBreakTags() {
    return true;
  }

  /** What records call the device. */
  protected String deviceName() {
    return DeviceHarness.DEVICE;
  }

  /** Whether a status is that of the connection, where the protocol has others beside it. */
  protected boolean isOfConnection(String statusDevice) {
    return true;
  }

  /** The device of the test at hand. */
  protected final H device() {
    return device;
  }

  @BeforeEach
  void startDevice() throws Exception {
    device = newDevice();
    device.start();
    for (String tag : DeviceHarness.TAGS) {
      device.set(tag, 0);
    }
  }

  @AfterEach
  void stopEverything() throws Exception {
    for (RunningTask task : tasks) {
      task.stop();
    }
    // It is null where the test was skipped for want of a device.
    if (device != null) {
      device.dispose();
    }
  }

  @Test
  void valuesArriveWithDeviceTagAndQuality() throws Exception {
    device.set("speed", 11);
    device.set("count", 22);
    device.set("level", 33);

    RunningTask task = run();

    awaitValue(task, "speed", 11);
    awaitValue(task, "count", 22);
    awaitValue(task, "level", 33);
    for (String tag : DeviceHarness.TAGS) {
      assertThat(task.samples(tag))
          .allSatisfy(
              sample -> {
                assertThat(sample.device()).isEqualTo(deviceName());
                assertThat(sample.isGood()).isTrue();
                assertThat(sample.carrier().topic()).isEqualTo("values");
              });
    }
    awaitTrue(() -> assertThat(task.states()).containsExactly("ONLINE"));
  }

  @Test
  void oneBadTagHarmsNoOther() throws Exception {
    assumeTrue(canBreakTags(), "the protocol cannot fail for one tag alone");
    RunningTask task = run();
    awaitGood(task);

    device.breakTag("speed");
    awaitTrue(
        () -> assertThat(task.latest("speed")).get().matches(ContractSample::isBad, "is BAD"));
    device.set("count", 5);
    device.set("level", 6);
    awaitValue(task, "count", 5);
    awaitValue(task, "level", 6);
    awaitQuiet(task);
    assertThat(badSamples(task, "speed")).hasSize(1);
    assertThat(badSamples(task, "count")).isEmpty();
    assertThat(badSamples(task, "level")).isEmpty();

    device.mendTag("speed");
    device.set("speed", 7);
    awaitValue(task, "speed", 7);
    assertThat(badSamples(task, "speed")).hasSize(1);
    assertThat(task.states()).containsExactly("ONLINE");
  }

  @Test
  void aDeviceThatGoesAwayTurnsBadOnceAndComesBack() throws Exception {
    RunningTask task = run();
    awaitGood(task);

    device.stop();
    Instant stopped = Instant.now();
    awaitOffline(task);
    awaitQuiet(task);
    for (String tag : DeviceHarness.TAGS) {
      assertThat(badSamples(task, tag)).hasSize(1);
    }
    assertThat(task.states()).filteredOn("OFFLINE"::equals).hasSize(1);

    Instant restarted = Instant.now();
    device.start();
    awaitGood(task);
    awaitTrue(() -> assertThat(last(task.states())).isEqualTo("ONLINE"));
    awaitQuiet(task);
    for (String tag : DeviceHarness.TAGS) {
      assertThat(badSamples(task, tag)).hasSize(1);
    }
    checkAfterOutage(task, stopped, restarted);
    assertThat(task.failure()).isEmpty();
  }

  /**
   * Checks what else is promised of an outage that is over.
   *
   * @param stopped the device was gone at this instant
   * @param restarted the device was still gone at this instant
   */
  void checkAfterOutage(RunningTask task, Instant stopped, Instant restarted) {
    assertThat(stopped).isBeforeOrEqualTo(restarted);
  }

  @Test
  void startsAtOnceWithoutADevice() throws Exception {
    device.stop();

    RunningTask task = run();

    assertThat(task.startTook()).isLessThan(AT_ONCE);
    awaitTrue(() -> assertThat(task.states()).containsExactly("OFFLINE"));
    device.start();
    awaitGood(task);
    awaitTrue(() -> assertThat(last(task.states())).isEqualTo("ONLINE"));
    assertThat(task.failure()).isEmpty();
  }

  @Test
  void repeatsTheStateOfADeviceThatIsThereAndOfOneThatIsGone() throws Exception {
    RunningTask task = run(Map.of("status.heartbeat.ms", "1000"));
    awaitGood(task);
    awaitTrue(() -> assertThat(task.states()).hasSizeGreaterThanOrEqualTo(3));
    assertThat(task.states()).containsOnly("ONLINE");

    device.stop();
    awaitOffline(task);
    int changed = task.states().size();
    awaitTrue(() -> assertThat(task.states()).hasSizeGreaterThanOrEqualTo(changed + 2));

    assertThat(task.states().subList(changed - 1, task.states().size())).containsOnly("OFFLINE");
    assertThat(task.statuses()).extracting(SourceRecord::timestamp).isSorted();
    assertThat(task.statuses())
        .allSatisfy(
            status ->
                assertThat(((Struct) status.value()).get("valid_until"))
                    .isEqualTo(new Date(status.timestamp() + 2000)));
    assertThat(task.statuses()).extracting(SourceRecord::topic).containsOnly("status");
    assertThat(task.statuses())
        .allSatisfy(
            status ->
                assertThat(status.key()).isEqualTo(((Struct) status.value()).getString("path")));
    assertThat(task.failure()).isEmpty();
  }

  @Test
  void pollReturnsSoonWhenThereIsNothingToTell() throws Exception {
    RunningTask task = run();
    awaitGood(task);

    awaitQuiet(task);

    assertThat(task.longestPoll()).isLessThan(AT_ONCE);
  }

  @Test
  void valuesOfATagKeepTheirOrder() throws Exception {
    RunningTask task = run();
    awaitGood(task);

    int last = 200;
    for (int value = 1; value <= last; value++) {
      device.set("speed", value);
    }
    awaitValue(task, "speed", last);

    List<ContractSample> samples = task.samples("speed");
    assertThat(samples).extracting(ContractSample::value).isSorted();
    // What a source kept comes after the newer state of the tag, in an order of its own.
    for (boolean historical : new boolean[] {false, true}) {
      assertThat(samples)
          .filteredOn(sample -> sample.isHistorical() == historical)
          .extracting(ContractSample::timestamp)
          .isSorted();
    }
    checkAfterSeries(samples.stream().map(ContractSample::value).toList(), last);
  }

  /**
   * Checks what else is promised of a tag that was set to every number from 1 to {@code last}.
   *
   * @param values what arrived, the initial 0 included
   */
  void checkAfterSeries(List<Long> values, int last) {
    assertThat(values).endsWith((long) last);
  }

  @Test
  void stopsUnderLoadAndLeavesNoThreadOrConnection() throws Exception {
    RunningTask task = run(Map.of("report", "all", "poll.interval.ms", "5"));
    AtomicBoolean done = new AtomicBoolean();
    Thread load =
        new Thread(
            () -> {
              try {
                for (int i = 0; !done.get(); i = (i + 1) % 10_000) {
                  device.set("speed", i);
                  LockSupport.parkNanos(20_000);
                }
              } catch (Exception e) {
                Thread.currentThread().interrupt();
              }
            });
    load.start();
    try {
      // An assertion on the records would write all of them out at every look.
      // A shared line repeats requests in its first seconds, as their values never agree here.
      await().atMost(Duration.ofSeconds(100)).until(() -> task.records().size() > 300);
      task.stop();
    } finally {
      done.set(true);
      load.join();
    }

    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
    if (device.connections().isPresent()) {
      awaitTrue(() -> assertThat(device.connections()).hasValue(0));
    }
    assertThat(task.failure()).isEmpty();
  }

  @Test
  void stopsWhileTheDeviceIsAway() throws Exception {
    device.stop();
    RunningTask task = run();
    awaitTrue(() -> assertThat(task.states()).containsExactly("OFFLINE"));

    task.stop();

    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
    assertThat(task.failure()).isEmpty();
  }

  @Test
  void recordsCanBeCommittedAfterTheTaskStopped() throws Exception {
    RunningTask task = runWithoutCommits();
    awaitGood(task);
    task.stop();

    List<SourceRecord> records = task.records();
    assertThat(records).isNotEmpty();
    assertThatCode(
            () -> {
              task.commitDropped(records.get(0));
              records.subList(1, records.size()).forEach(task::commit);
            })
        .doesNotThrowAnyException();
    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
  }

  @Test
  void canBeStoppedTwiceAndWithoutAStart() throws Exception {
    RunningTask task = run();
    awaitGood(task);
    task.stop();

    assertThatCode(task::stopAgain).doesNotThrowAnyException();
    assertThatCode(() -> newTask().stop()).doesNotThrowAnyException();
  }

  /** Runs a task that commits everything; only changes are reported. */
  protected final RunningTask run() {
    return run(Map.of());
  }

  /** Runs a task that commits everything, with more configuration. */
  protected final RunningTask run(Map<String, String> more) {
    return run(more, true);
  }

  /** Runs a task whose records reach Kafka only when the test says so. */
  protected final RunningTask runWithoutCommits() {
    return run(Map.of(), false);
  }

  private RunningTask run(Map<String, String> more, boolean commits) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "contract" + CONNECTORS.incrementAndGet() + "x");
    props.put("topic", "values");
    props.put("status.topic", "status");
    // Statuses are counted: they are repeated only where a test says so.
    props.put("status.heartbeat.ms", "86400000");
    props.put("gap.topic", "gaps");
    props.put("poll.interval.ms", "50");
    props.put("report", "changes");
    props.put("reconnect.backoff.ms", "50");
    props.put("reconnect.backoff.max.ms", "200");
    props.putAll(device.connectorProps());
    props.putAll(more);
    RunningTask task = new RunningTask(newTask(), props, offsets, commits, this::isOfConnection);
    tasks.add(task);
    return task;
  }

  /** Waits until every tag's last value is GOOD. */
  protected static void awaitGood(RunningTask task) {
    awaitTrue(
        () -> {
          assertThat(task.failure()).isEmpty();
          for (String tag : DeviceHarness.TAGS) {
            assertThat(task.latest(tag)).as(tag).isPresent();
            assertThat(task.latest(tag).orElseThrow().isGood()).as(tag).isTrue();
          }
        });
  }

  /** Waits until a tag's last value is this one, and GOOD. */
  protected static void awaitValue(RunningTask task, String tag, long value) {
    awaitTrue(
        () -> {
          assertThat(task.failure()).isEmpty();
          assertThat(task.latest(tag))
              .hasValueSatisfying(
                  latest -> {
                    assertThat(latest.value()).isEqualTo(value);
                    assertThat(latest.isGood()).isTrue();
                  });
        });
  }

  /** Waits until the device is OFFLINE and every tag BAD. */
  protected static void awaitOffline(RunningTask task) {
    awaitTrue(
        () -> {
          assertThat(task.failure()).isEmpty();
          assertThat(last(task.states())).isEqualTo("OFFLINE");
          for (String tag : DeviceHarness.TAGS) {
            assertThat(task.latest(tag)).as(tag).get().matches(ContractSample::isBad, "is BAD");
          }
        });
  }

  /** Waits until a few polls brought nothing. */
  protected static void awaitQuiet(RunningTask task) {
    AtomicInteger known = new AtomicInteger(-1);
    AtomicInteger since = new AtomicInteger();
    awaitTrue(
        () -> {
          int polls = task.polls();
          int records = task.records().size();
          if (records != known.getAndSet(records)) {
            since.set(polls);
          }
          assertThat(polls - since.get()).isGreaterThanOrEqualTo(QUIET_POLLS);
        });
  }

  /** Waits until an assertion holds. */
  protected static void awaitTrue(ThrowingRunnable assertion) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
  }

  static List<ContractSample> badSamples(RunningTask task, String tag) {
    return task.samples(tag).stream().filter(ContractSample::isBad).toList();
  }

  static String last(List<String> states) {
    return states.isEmpty() ? "none" : states.get(states.size() - 1);
  }
}
