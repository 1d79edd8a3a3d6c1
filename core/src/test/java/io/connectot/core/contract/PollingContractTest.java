// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * What a protocol has to keep in which the connector asks and the device answers: extend it and
 * supply a task and a device.
 */
public abstract class PollingContractTest extends SourceContractTest<DeviceHarness> {
  /** An answer may be on its way when the device goes. */
  private static final Duration IN_FLIGHT = Duration.ofMillis(500);

  @Override
  void checkAfterOutage(RunningTask task, Instant stopped, Instant restarted) {
    // A scan that a busy machine holds up is a gap too, but one before or after the outage.
    assertThat(task.gaps())
        .filteredOn(gap -> gap.to().isAfter(stopped) && gap.from().isBefore(restarted))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.device()).isEqualTo(DeviceHarness.DEVICE);
              assertThat(gap.from()).isBeforeOrEqualTo(stopped.plus(IN_FLIGHT));
              assertThat(gap.to()).isAfterOrEqualTo(restarted.truncatedTo(ChronoUnit.MILLIS));
              assertThat(gap.cause()).isNotBlank();
            });
  }

  @Test
  void aDeviceThatHangsTurnsBadOnceAndComesBack() throws Exception {
    RunningTask task = run();
    awaitGood(task);

    device().hang();
    Instant silent = Instant.now();
    awaitOffline(task);
    Instant restarted = Instant.now();
    device().start();
    awaitGood(task);
    awaitTrue(() -> assertThat(last(task.states())).isEqualTo("ONLINE"));
    awaitQuiet(task);

    for (String tag : DeviceHarness.TAGS) {
      assertThat(badSamples(task, tag)).hasSize(1);
    }
    checkAfterOutage(task, silent, restarted);
  }

  @Test
  void stopsWhileTheDeviceHangs() throws Exception {
    RunningTask task = run();
    awaitGood(task);
    device().hang();
    awaitOffline(task);

    task.stop();

    awaitTrue(() -> assertThat(task.hasThreads()).isFalse());
  }

  @Test
  void aRestartIsOneGapAndASnapshot() throws Exception {
    RunningTask first = run();
    awaitGood(first);
    first.stop();
    Instant stopped = Instant.now();

    Instant restarted = Instant.now();
    RunningTask second = run();
    awaitGood(second);
    awaitQuiet(second);

    checkAfterOutage(second, stopped, restarted);
    for (String tag : DeviceHarness.TAGS) {
      assertThat(second.samples(tag).get(0).isGood()).isTrue();
    }
  }

  @Test
  void asksADeviceOneThingAtATime() throws Exception {
    RunningTask task = run();
    for (int value = 1; value <= 20; value++) {
      device().set("speed", value);
      awaitValue(task, "speed", value);
    }

    OptionalInt most = device().mostConcurrentRequests();
    assertThat(most.orElse(1)).isEqualTo(1);
  }
}
