// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import static io.connectot.core.source.polling.ScriptedPollingSession.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.ManualClock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.DeviceState;
import io.connectot.core.source.polling.ScanScheduler.Lane;
import io.connectot.core.source.polling.ScanScheduler.Next;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EndpointPollerTest {
  private static final String[] SNAPSHOT = {
    "press ONLINE", "press/speed 0", "press/count 0", "oven ONLINE", "oven/speed 0", "oven/count 0"
  };

  private final PollerRig rig = new PollerRig();

  @Test
  void beginsWithASnapshotAndGoesOnWithChanges() throws Exception {
    rig.step();
    assertThat(rig.take()).containsExactly(SNAPSHOT);

    rig.session.set("oven", "speed", 7);
    rig.step();

    assertThat(rig.take()).containsExactly("oven/speed 7");
    assertThat(rig.poller.state()).isEqualTo(ConnectionState.ONLINE);
    assertThat(rig.session.connects()).isEqualTo(1);
  }

  @Test
  void recordsHaveTheAttributesThatTheirDeviceTells() throws Exception {
    rig.session.tell("press", Map.of("vendor_name", "Acme"));
    rig.step();
    assertThat(rig.takeRecords())
        .map(found -> (Struct) found.value())
        .filteredOn(value -> value.schema().name().endsWith("Measurement"))
        .extracting(value -> value.getString("device") + " " + value.getString("attributes"))
        .containsExactly(
            "press {\"vendor_name\":\"Acme\"}",
            "press {\"vendor_name\":\"Acme\"}",
            "oven null",
            "oven null");
    rig.session.tell("press", Map.of("vendor_name", "Other"));
    rig.session.set("press", "speed", 5);
    rig.step();
    assertThat(rig.takeRecords())
        .extracting(found -> ((Struct) found.value()).getString("attributes"))
        .containsExactly("{\"vendor_name\":\"Other\"}");
  }

  @Test
  void recordsCarryTheDeviceAsPartitionAndTheScanAsOffset() throws Exception {
    rig.step();

    assertThat(rig.takeRecords())
        .filteredOn(found -> found.topic().equals("values"))
        .extracting(SourceRecord::sourcePartition, SourceRecord::sourceOffset)
        .contains(
            tuple(Map.of("device", "press"), Map.of("timestamp_ns", ManualClock.EPOCH_START)));
  }

  @Test
  void onlyTheLastRecordOfAScanCarriesItsOffset() throws Exception {
    rig.step();
    rig.takeRecords();
    for (String device : List.of("press", "oven")) {
      rig.session.set(device, "speed", 7);
      rig.session.set(device, "count", 8);
    }
    rig.step();

    long first = ManualClock.EPOCH_START;
    assertThat(rig.takeRecords())
        .filteredOn(found -> found.sourcePartition().equals(Map.of("device", "press")))
        .extracting(SourceRecord::sourceOffset)
        .hasSizeGreaterThan(1)
        .satisfies(
            offsets -> {
              int last = offsets.size() - 1;
              assertThat(offsets.subList(0, last))
                  .allMatch(offset -> offset.equals(Map.of("timestamp_ns", first)));
              assertThat(offsets.get(last))
                  .isEqualTo(Map.of("timestamp_ns", first + PollerRig.INTERVAL.toNanos()));
            });
  }

  @Test
  void scansAtWholeIntervals() {
    rig.step();
    for (int scan = 1; scan <= 5; scan++) {
      Next next = rig.step();
      assertThat(rig.time.epochNanos())
          .isEqualTo(ManualClock.EPOCH_START + scan * PollerRig.INTERVAL.toNanos());
      assertThat(next.lane()).isEqualTo(Lane.LIVE);
    }
  }

  @Test
  void aLostConnectionTurnsEverythingBadOnce() throws Exception {
    rig.step();
    rig.take();
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));

    Next retry = rig.step();
    rig.runFor(Duration.ofMinutes(2));

    assertThat(retry.lane()).isEqualTo(Lane.RECOVERY);
    assertThat(rig.take())
        .containsExactly(
            "press OFFLINE",
            "press/speed BAD TIMEOUT",
            "press/count BAD TIMEOUT",
            "oven OFFLINE",
            "oven/speed BAD TIMEOUT",
            "oven/count BAD TIMEOUT");
    assertThat(rig.poller.devices()).allMatch(device -> device.state() == DeviceState.OFFLINE);
  }

  @Test
  void aDeadDeviceDoesNotSendTheLiveOnesBesideItToTheRecoveryLane() {
    PollerRig rig = new PollerRig();
    rig.step();
    rig.session.failDevice("press", ScriptedPollingSession.failure(Kind.TRANSIENT, Scope.DEVICE));

    assertThat(rig.step().lane()).isEqualTo(Lane.LIVE);

    rig.session.failDevice("oven", ScriptedPollingSession.failure(Kind.TRANSIENT, Scope.DEVICE));
    assertThat(rig.step().lane()).isEqualTo(Lane.RECOVERY);
  }

  @Test
  void recoveryIsOneGapAndASnapshot() throws Exception {
    rig.runFor(Duration.ofSeconds(10));
    rig.take();
    Instant lastGood = Clock.instant(rig.time.epochNanos());
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.runFor(Duration.ofSeconds(60));
    rig.take();
    rig.session.cut(null);

    rig.step();
    Instant back = Clock.instant(rig.time.epochNanos());
    rig.runFor(Duration.ofSeconds(10));

    List<SourceRecord> records = rig.takeRecords();
    assertThat(records)
        .extracting(found -> PollerRig.line((Struct) found.value()))
        .containsExactly(
            "press ONLINE",
            "press gap",
            "press/speed 0",
            "press/count 0",
            "oven ONLINE",
            "oven gap",
            "oven/speed 0",
            "oven/count 0");
    for (Struct gap : PollerRig.gaps(records)) {
      assertThat(gap.get("gap_start")).isEqualTo(Date.from(lastGood));
      assertThat(gap.get("gap_end")).isEqualTo(Date.from(back));
      assertThat(gap.getInt64("missed_scans"))
          .isEqualTo(Duration.between(lastGood, back).toSeconds() - 1);
      assertThat(gap.getString("cause")).isEqualTo("no answer");
    }
    assertThat(rig.metrics.value(TaskMetric.RECONNECTS)).isEqualTo(1L);
  }

  @Test
  void connectsLessAndLessOftenUpToTheCap() {
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    long longest = 0;
    for (int attempt = 0; attempt < 10; attempt++) {
      long pause = rig.step().tick() - rig.time.tick();
      assertThat(pause).isGreaterThanOrEqualTo(longest);
      longest = pause;
    }

    assertThat(longest).isEqualTo(PollerRig.RECONNECT_MAX.toNanos());
    assertThat(rig.session.connects()).isEqualTo(10);
  }

  @Test
  void waitsLongestForWhatSomebodyMustMend() {
    rig.session.cut(failure(Kind.CONFIGURATION, Scope.CONNECTION));

    Next next = rig.step();

    assertThat(next.tick() - rig.time.tick()).isEqualTo(PollerRig.RECONNECT_MAX.toNanos());
  }

  @Test
  void everyCauseOfAnOutageIsReportedOnceInTheSameState() throws Exception {
    rig.step();
    rig.take();
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.runFor(Duration.ofMinutes(2));
    List<Struct> lost = statuses("press");
    rig.session.cut(
        new ProtocolException(
            Kind.TRANSIENT, Scope.CONNECTION, "REFUSED", "the port is closed", null));
    rig.runFor(Duration.ofMinutes(5));
    List<Struct> refused = statuses("press");
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.runFor(Duration.ofMinutes(5));

    assertThat(lost).extracting(status -> status.get("cause")).containsExactly("no answer");
    assertThat(refused)
        .extracting(status -> status.get("cause"), status -> status.get("since"))
        .containsExactly(tuple("the port is closed", lost.get(0).get("since")));
    assertThat(statuses("press"))
        .as("a cause that comes back and lasts")
        .extracting(status -> status.get("cause"))
        .containsExactly("no answer");
  }

  @Test
  void everyCauseOfASilentDeviceIsReportedOnce() throws Exception {
    rig.step();
    rig.take();
    rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));
    rig.runFor(Duration.ofMinutes(2));
    statuses("press");
    rig.session.failDevice(
        "press",
        new ProtocolException(
            Kind.TRANSIENT, Scope.DEVICE, "GATEWAY", "the gateway has no path", null));
    rig.runFor(Duration.ofMinutes(2));

    assertThat(statuses("press"))
        .extracting(status -> status.get("state"), status -> status.get("cause"))
        .containsExactly(tuple("OFFLINE", "the gateway has no path"));
  }

  /** The statuses of a device since the last call. */
  private List<Struct> statuses(String device) throws InterruptedException {
    return rig.takeRecords().stream()
        .map(found -> (Struct) found.value())
        .filter(value -> value.schema().name().endsWith("DeviceStatus"))
        .filter(value -> value.getString("device").equals(device))
        .toList();
  }

  @Test
  void aDeviceThatWasNeverThereIsOfflineWithBadTagsAndNoGap() throws Exception {
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.runFor(Duration.ofSeconds(20));
    assertThat(rig.take())
        .contains("press OFFLINE", "press/speed BAD TIMEOUT", "oven/count BAD TIMEOUT")
        .hasSize(6);
    rig.session.cut(null);

    rig.runFor(Duration.ofSeconds(40));

    assertThat(rig.take()).containsExactly(SNAPSHOT);
  }

  @Test
  void aFatalFailureFailsTheTask() {
    rig.session.cut(failure(Kind.FATAL, Scope.CONNECTION));

    assertThatThrownBy(rig::step)
        .isInstanceOf(FatalSourceException.class)
        .hasMessage("fake://line1: no answer")
        .hasRootCauseInstanceOf(ProtocolException.class);
  }

  @Test
  void aFatalFailureOfOneDeviceFailsTheTaskToo() {
    rig.step();
    rig.session.failDevice("press", failure(Kind.FATAL, Scope.DEVICE));

    assertThatThrownBy(rig::step).isInstanceOf(FatalSourceException.class);
  }

  @Test
  void aSilentDeviceDoesNotDisturbItsNeighbour() throws Exception {
    rig.step();
    rig.take();
    rig.session.takeReads();
    rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));

    rig.runFor(Duration.ofSeconds(60));

    List<String> reads = rig.session.takeReads();
    assertThat(Collections.frequency(reads, "oven")).isEqualTo(60);
    assertThat(rig.session.connects()).isEqualTo(1);
    assertThat(rig.poller.state()).isEqualTo(ConnectionState.ONLINE);
    assertThat(rig.take())
        .containsExactly(
            "press DEGRADED",
            "press/speed BAD TIMEOUT",
            "press/count BAD TIMEOUT",
            "press OFFLINE");
  }

  @Test
  void aSilentDeviceIsProbedLessAndLessOften() {
    rig.step();
    rig.session.takeReads();
    rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));

    rig.runFor(Duration.ofSeconds(63));

    // 1 s for the scan that fails, then after 1, 2, 4, 8, 16, 16 s and so on.
    assertThat(Collections.frequency(rig.session.takeReads(), "press")).isEqualTo(7);
  }

  @Test
  void aDeviceThatAnswersAgainIsScannedAsBefore() throws Exception {
    rig.step();
    Instant lastGood = Clock.instant(rig.time.epochNanos());
    rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));
    rig.runFor(Duration.ofSeconds(60));
    rig.take();
    rig.session.failDevice("press", null);
    rig.runFor(PollerRig.PROBE_MAX);
    List<SourceRecord> records = rig.takeRecords();
    rig.session.takeReads();

    rig.runFor(Duration.ofSeconds(10));

    assertThat(records)
        .extracting(found -> PollerRig.line((Struct) found.value()))
        .containsExactly("press ONLINE", "press gap", "press/speed 0", "press/count 0");
    assertThat(PollerRig.gaps(records).get(0).get("gap_start")).isEqualTo(Date.from(lastGood));
    assertThat(Collections.frequency(rig.session.takeReads(), "press")).isEqualTo(10);
  }

  @Test
  void aBriefFailureIsProbedSoonAgainAfterRecovery() {
    rig.step();
    for (int outage = 0; outage < 3; outage++) {
      rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));
      rig.step();
      rig.session.failDevice("press", null);
      rig.runFor(Duration.ofSeconds(5));
      assertThat(rig.poller.devices().get(0).isFailing()).isFalse();
    }
  }

  @Test
  void aBadTagTurnsBadOnceAndGoodAgainWithoutAGap() throws Exception {
    rig.step();
    rig.take();
    rig.session.breakTag("speed");
    rig.runFor(Duration.ofSeconds(30));
    assertThat(rig.take())
        .containsExactly("press/speed BAD 2 ILLEGAL_ADDRESS", "oven/speed BAD 2 ILLEGAL_ADDRESS");

    rig.session.mendTag("speed");
    rig.runFor(Duration.ofSeconds(5));

    assertThat(rig.take()).containsExactly("press/speed 0", "oven/speed 0");
  }

  @Test
  void aBadTagStaysSilentThroughAnOutage() throws Exception {
    rig.session.breakTag("speed");
    rig.step();
    rig.take();
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.step();
    rig.session.cut(null);
    rig.runFor(Duration.ofSeconds(10));

    assertThat(rig.take()).noneMatch(line -> line.contains("/speed"));
  }

  @Test
  void canLeaveTagsAsTheyWereOnDisconnect() throws Exception {
    PollerRig quiet = new PollerRig(10_000, false, Optional.empty());
    quiet.step();
    quiet.take();
    quiet.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    quiet.runFor(Duration.ofSeconds(20));

    assertThat(quiet.take()).containsExactly("press OFFLINE", "oven OFFLINE");
  }

  @Test
  void aRestartIsAGapSinceWhatKafkaHas() throws Exception {
    long stored = ManualClock.EPOCH_START - Duration.ofMinutes(5).toNanos();
    PollerRig restarted = new PollerRig(10_000, true, Optional.of(stored));

    restarted.step();

    List<SourceRecord> records = restarted.takeRecords();
    assertThat(PollerRig.gaps(records))
        .hasSize(2)
        .allSatisfy(
            gap -> {
              assertThat(gap.get("gap_start")).isEqualTo(Date.from(Clock.instant(stored)));
              assertThat(gap.getInt64("missed_scans")).isEqualTo(299);
            });
  }

  @Test
  void anOutageAtStartKeepsTheStoredOffset() throws Exception {
    long stored = ManualClock.EPOCH_START - Duration.ofMinutes(5).toNanos();
    PollerRig restarted = new PollerRig(10_000, true, Optional.of(stored));
    restarted.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));

    restarted.step();

    assertThat(restarted.takeRecords())
        .isNotEmpty()
        .allSatisfy(
            found -> assertThat(found.sourceOffset()).isEqualTo(Map.of("timestamp_ns", stored)));
  }

  @Test
  void aFullBufferSkipsScansAndReportsOneGap() throws Exception {
    // Room for the first scan of both devices, and nothing else.
    PollerRig narrow = new PollerRig(8, true, Optional.empty());
    narrow.step();
    narrow.session.takeReads();
    Instant lastGood = Clock.instant(narrow.time.epochNanos());
    narrow.runFor(Duration.ofSeconds(10));

    assertThat(narrow.session.takeReads()).isEmpty();
    assertThat(narrow.metrics.value(TaskMetric.SCANS_MISSED)).isEqualTo(20L);
    assertThat(narrow.take()).containsExactly(SNAPSHOT);

    narrow.step();
    List<SourceRecord> records = narrow.takeRecords();
    narrow.runFor(Duration.ofSeconds(5));

    assertThat(records)
        .extracting(found -> PollerRig.line((Struct) found.value()))
        .containsExactly(
            "press gap",
            "press/speed 0",
            "press/count 0",
            "oven gap",
            "oven/speed 0",
            "oven/count 0");
    assertThat(PollerRig.gaps(records))
        .allSatisfy(
            gap -> {
              assertThat(gap.get("gap_start")).isEqualTo(Date.from(lastGood));
              assertThat(gap.getInt64("missed_scans")).isEqualTo(10);
              assertThat(gap.getString("cause")).contains("buffer was full");
            });
    assertThat(narrow.take()).isEmpty();
  }

  @Test
  void aFailedReadGivesItsClaimBack() throws Exception {
    rig.step();
    rig.session.failDevice("press", failure(Kind.TRANSIENT, Scope.DEVICE));
    rig.runFor(Duration.ofSeconds(30));
    rig.take();

    assertThat(rig.buffer.records()).isZero();
    assertThat(rig.buffer.bytes()).isZero();
  }

  @Test
  void scansThatTakeTooLongAreReported() throws Exception {
    rig.step();
    rig.take();
    rig.session.readsTake(Duration.ofSeconds(2));
    rig.runFor(Duration.ofSeconds(20));
    rig.session.readsTake(Duration.ZERO);
    rig.runFor(Duration.ofSeconds(5));

    List<Struct> gaps = PollerRig.gaps(rig.takeRecords());
    assertThat(gaps).extracting(gap -> gap.getString("device")).containsOnly("press", "oven");
    assertThat(gaps)
        .allSatisfy(gap -> assertThat(gap.getString("cause")).contains("raise the interval"));
    assertThat((Long) rig.metrics.value(TaskMetric.SCANS_MISSED)).isPositive();
  }

  @Test
  void whatFailsBecauseOfClosingIsNoOutage() throws Exception {
    rig.step();
    rig.take();
    rig.session.cut(failure(Kind.TRANSIENT, Scope.CONNECTION));
    rig.poller.close();

    rig.step();

    assertThat(rig.take()).isEmpty();
    assertThat(rig.session.closes()).isEqualTo(1);
    assertThat(rig.poller.state()).isEqualTo(ConnectionState.STOPPED);
  }
}
