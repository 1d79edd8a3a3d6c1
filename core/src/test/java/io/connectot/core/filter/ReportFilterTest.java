// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReportFilterTest {
  private static final Device<String> DEVICE = new Device<>("press1", "tcp://x", "", Map.of());
  private static final long SECOND = 1_000_000_000L;

  private final ReportFilter filter = new ReportFilter();
  private final Tag<String> all = tag("all", Mode.ALL, Deadband.NONE, Optional.empty());
  private final Tag<String> changes = changes(Deadband.NONE);

  @Test
  void reportsEveryValueAsTheSameListWhenAsked() {
    List<Measurement> scan = List.of(number(all, 1), number(tagLike(all), 1));
    assertThat(report(scan)).isSameAs(scan);
    assertThat(report(scan)).isSameAs(scan);
  }

  @Test
  void reportsOnlyChanges() {
    Measurement same = number(changes, 1);
    Measurement other = number(all, 1);
    assertThat(report(List.of(other, same, other))).hasSize(3);
    assertThat(report(List.of(other, same, other))).containsExactly(other, other);
    assertThat(report(List.of(number(changes, 2)))).hasSize(1);
    assertThat(report(List.of(number(changes, 2)))).isEmpty();
  }

  @Test
  void knowsEqualValuesOfEveryKind() {
    for (Value value :
        List.of(
            new TextValue("a"),
            new LongValue(Long.MAX_VALUE),
            new DoubleValue(Double.NaN),
            new DoubleValue(Double.POSITIVE_INFINITY),
            new Value.BytesValue(new byte[] {1}),
            new Value.ArrayValue(ValueType.INT8, List.of(new LongValue(1))))) {
      report(List.of(good(changes, value)));
      assertThat(report(List.of(good(changes, value)))).isEmpty();
    }
  }

  @Test
  void knowsLargeWholeNumbersApart() {
    assertReported(Deadband.NONE, new LongValue(Long.MAX_VALUE), new LongValue(Long.MAX_VALUE - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10.5, 0.5, false, false",
    "10, 10.6, 0.5, false, true",
    "10, 9.4, 0.5, false, true",
    "200, 209, 5, true, false",
    "200, 211, 5, true, true",
    "-200, -209, 5, true, false",
    "-200, -211, 5, true, true",
    "0, 0.001, 5, true, true",
    "0, -0.0, 0, false, false",
    "NaN, NaN, 1, false, false",
    "NaN, 1, 1, false, true",
    "1, NaN, 1, false, true",
    "Infinity, Infinity, 5, true, false",
    "Infinity, 1, 5, true, true",
    "1, Infinity, 5, true, true",
    "-Infinity, Infinity, 1, false, true",
  })
  void appliesTheDeadband(
      double reported, double now, double size, boolean percent, boolean isReported) {
    Tag<String> tag = changes(new Deadband(size, percent));
    report(List.of(number(tag, reported)));
    assertThat(report(List.of(number(tag, now)))).hasSize(isReported ? 1 : 0);
  }

  @Test
  void measuresTheDeadbandFromTheLastReportedNumber() {
    Tag<String> tag = changes(new Deadband(1, false));
    report(List.of(number(tag, 0)));
    assertThat(report(List.of(number(tag, 0.6)))).isEmpty();
    assertThat(report(List.of(number(tag, 1.2)))).hasSize(1);
    assertThat(report(List.of(number(tag, 0.6)))).isEmpty();
  }

  @Test
  void appliesTheDeadbandToWholeNumbersOnly() {
    Tag<String> tag = changes(new Deadband(5, false));
    report(List.of(good(tag, new LongValue(10))));
    assertThat(report(List.of(good(tag, new LongValue(15))))).isEmpty();
    assertThat(report(List.of(good(tag, new TextValue("15"))))).hasSize(1);
  }

  @Test
  void reportsAChangeOfQuality() {
    report(List.of(number(changes, 1)));
    Measurement doubtful =
        new Measurement(
            Points.of(DEVICE, changes), 0, 0, new DoubleValue(1), Quality.UNCERTAIN, "SENSOR");
    assertThat(report(List.of(doubtful))).hasSize(1);
    assertThat(report(List.of(doubtful))).isEmpty();
    assertThat(report(List.of(number(changes, 1)))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void reportsAFailingTagOnce(Mode mode) {
    Tag<String> tag = tag("t", mode, Deadband.NONE, Optional.empty());
    assertThat(report(List.of(bad(tag, 0)))).hasSize(1);
    assertThat(report(List.of(bad(tag, SECOND)))).isEmpty();
    assertThat(report(List.of(number(tag, 1)))).hasSize(1);
    assertThat(report(List.of(bad(tag, 2 * SECOND)))).hasSize(1);
  }

  @Test
  void reportsAnUncertainTagWithoutValueOnceWhenOnlyChangesCount() {
    Measurement none = Measurement.uncertain(Points.of(DEVICE, changes), 0, "SENTINEL");
    assertThat(report(List.of(none))).hasSize(1);
    assertThat(report(List.of(none))).isEmpty();
    Measurement valued =
        new Measurement(
            Points.of(DEVICE, changes), 0, 0, new DoubleValue(1), Quality.UNCERTAIN, null);
    assertThat(report(List.of(valued))).hasSize(1);
    assertThat(report(List.of(none))).hasSize(1);
    Measurement noneOfAll = Measurement.uncertain(Points.of(DEVICE, all), 0, "SENTINEL");
    report(List.of(noneOfAll));
    assertThat(report(List.of(noneOfAll))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void repeatsABadTagAsHeartbeat(Mode mode) {
    Tag<String> tag = tag("t", mode, Deadband.NONE, Optional.of(Duration.ofSeconds(10)));
    report(List.of(bad(tag, 0)));
    assertThat(report(List.of(bad(tag, 9 * SECOND)))).isEmpty();
    assertThat(report(List.of(bad(tag, 10 * SECOND)))).hasSize(1);
    assertThat(report(List.of(bad(tag, 11 * SECOND)))).isEmpty();
  }

  @Test
  void repeatsAnUnchangedValueAsHeartbeatCountedFromTheLastReport() {
    Tag<String> tag = tag("t", Mode.CHANGES, Deadband.NONE, Optional.of(Duration.ofSeconds(10)));
    report(List.of(numberAt(tag, 1, 0)));
    assertThat(report(List.of(numberAt(tag, 2, 8 * SECOND)))).hasSize(1);
    assertThat(report(List.of(numberAt(tag, 2, 17 * SECOND)))).isEmpty();
    assertThat(report(List.of(numberAt(tag, 2, 18 * SECOND)))).hasSize(1);
  }

  @Test
  void doesNotMissAHeartbeatByAScanThatComesAMomentEarly() {
    Tag<String> tag = tag("t", Mode.CHANGES, Deadband.NONE, Optional.of(Duration.ofSeconds(10)));
    report(List.of(numberAt(tag, 1, 3_000_000)));
    assertThat(report(List.of(numberAt(tag, 1, 10 * SECOND)))).hasSize(1);
  }

  @Test
  void reportsEverythingAnewAfterAResetButABadTag() {
    Tag<String> failing = tagLike(changes);
    List<Measurement> scan = List.of(number(changes, 1), bad(failing, 0));
    report(scan);
    filter.reset();
    assertThat(report(scan)).containsExactly(scan.get(0));
    assertThat(report(scan)).isEmpty();
  }

  @Test
  void reportsATagThatTurnsBadAfterAReset() {
    report(List.of(number(changes, 1)));
    filter.reset();
    assertThat(report(List.of(bad(changes, 0)))).hasSize(1);
    assertThat(report(List.of(bad(changes, 0)))).isEmpty();
  }

  @Test
  void turnsAllTagsBadOnceWhenTheDeviceIsAway() {
    Tag<String> failing = tagLike(changes);
    Tag<String> neverRead = tagLike(changes);
    report(List.of(number(changes, 1), bad(failing, 0)));
    List<Point<?>> points =
        List.of(
            Points.of(DEVICE, changes), Points.of(DEVICE, failing), Points.of(DEVICE, neverRead));
    assertThat(filter.allBad(points, 5, "OFFLINE", 0))
        .containsExactly(
            Measurement.bad(Points.of(DEVICE, changes), 5, "OFFLINE"),
            Measurement.bad(Points.of(DEVICE, neverRead), 5, "OFFLINE"));
    assertThat(filter.allBad(points, 6, "OFFLINE", 0)).isEmpty();
    assertThat(report(List.of(number(changes, 1)))).hasSize(1);
  }

  /** A source sends what it kept after a value that is newer. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void aValueFromBeforeTheLastReportedOneIsNotTheStateOfTheTag(Mode mode) {
    Tag<String> tag = tag("t", mode, Deadband.NONE, Optional.empty());
    report(List.of(numberAt(tag, 3, 10 * SECOND)));
    assertThat(report(List.of(historical(tag, new DoubleValue(5), 4)))).hasSize(1);
    assertThat(report(List.of(historical(tag, new DoubleValue(3), 5)))).hasSize(1);
    assertThat(report(List.of(historical(tag, null, 6)))).hasSize(1);
    assertThat(report(List.of(numberAt(tag, 5, 11 * SECOND)))).hasSize(1);
    assertThat(report(List.of(historical(tag, null, 7)))).hasSize(1);
    assertThat(report(List.of(bad(tag, 12 * SECOND)))).hasSize(1);
  }

  @Test
  void reportsAChangeOfTheUnit() {
    report(List.of(number(changes, 20)));
    Tag<String> inKelvin =
        new Tag<>(
            changes.name(),
            changes.address(),
            changes.type(),
            Optional.of("K"),
            changes.interval(),
            changes.report(),
            Scaling.NONE,
            Map.of());
    Point<String> point = new Point<>(DEVICE, inKelvin);
    point.history(Points.of(DEVICE, changes).history());
    Measurement kelvin = new Measurement(point, 0, 0, new DoubleValue(20), Quality.GOOD, null);
    assertThat(report(List.of(kelvin))).hasSize(1);
    assertThat(report(List.of(kelvin))).isEmpty();
  }

  @Test
  void measuresTheDeadbandOfLargeWholeNumbersExactly() {
    Tag<String> tag = changes(new Deadband(100, false));
    report(List.of(good(tag, new LongValue(1L << 60))));
    assertThat(report(List.of(good(tag, new LongValue((1L << 60) + 100))))).isEmpty();
    assertThat(report(List.of(good(tag, new LongValue((1L << 60) + 120))))).hasSize(1);
  }

  @Test
  void listsAPointOnceThatIsForgottenAgainAndAgain() {
    ReportFilter listing = new ReportFilter(true);
    for (int i = 0; i < 3; i++) {
      Points.of(DEVICE, changes).history(null);
      listing.report(number(changes, i), 0);
    }
    assertThat(listing.allBad(5, "OFFLINE", 0)).hasSize(1);
  }

  @Test
  void repeatsAValueWhoeverSetsTheWallClock() {
    Tag<String> tag = tag("beat", Mode.CHANGES, Deadband.NONE, Optional.of(Duration.ofSeconds(10)));
    long hour = 3600 * SECOND;
    filter.report(List.of(numberAt(tag, 1, 2 * hour)), 0);

    assertThat(filter.report(List.of(numberAt(tag, 1, hour)), 10 * SECOND)).hasSize(1);
    assertThat(filter.report(List.of(numberAt(tag, 1, 3 * hour)), 11 * SECOND)).isEmpty();
  }

  /** Reports a scan that came when it was received. */
  private List<Measurement> report(List<Measurement> scan) {
    return filter.report(scan, scan.get(0).receivedNanos());
  }

  private void assertReported(Deadband deadband, Value before, Value now) {
    Tag<String> tag = changes(deadband);
    report(List.of(good(tag, before)));
    assertThat(report(List.of(good(tag, now)))).hasSize(1);
  }

  private static Tag<String> changes(Deadband deadband) {
    return tag("changes", Mode.CHANGES, deadband, Optional.empty());
  }

  private static Tag<String> tagLike(Tag<String> tag) {
    return tag(
        tag.name() + "2", tag.report().mode(), tag.report().deadband(), tag.report().heartbeat());
  }

  private static Tag<String> tag(
      String name, Mode mode, Deadband deadband, Optional<Duration> heartbeat) {
    return new Tag<>(
        name,
        "address",
        ValueType.FLOAT64,
        Optional.empty(),
        Duration.ofSeconds(1),
        new ReportPolicy(mode, deadband, heartbeat),
        Scaling.NONE,
        Map.of());
  }

  /** BAD without a value. */
  private static Measurement historical(Tag<?> tag, Value value, long second) {
    return new Measurement(
        Points.of(DEVICE, tag),
        second * SECOND,
        0,
        value,
        value == null ? Quality.BAD : Quality.GOOD,
        value == null ? "BAD" : null,
        true,
        null);
  }

  private static Measurement number(Tag<?> tag, double value) {
    return numberAt(tag, value, 0);
  }

  private static Measurement numberAt(Tag<?> tag, double value, long nanos) {
    return Measurement.good(Points.of(DEVICE, tag), nanos, new DoubleValue(value));
  }

  private static Measurement good(Tag<?> tag, Value value) {
    return Measurement.good(Points.of(DEVICE, tag), 0, value);
  }

  private static Measurement bad(Tag<?> tag, long nanos) {
    return Measurement.bad(Points.of(DEVICE, tag), nanos, "TIMEOUT");
  }
}
