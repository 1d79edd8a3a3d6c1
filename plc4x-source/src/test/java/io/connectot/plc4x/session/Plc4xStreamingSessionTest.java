// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionEvent;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.config.ConnectionString;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions by a driver that does not read; {@link InitialReadsTest} has one that does. */
class Plc4xStreamingSessionTest {
  private static final Duration AN_AGE = Duration.ofSeconds(30);

  private final ScriptedDriverRegistry plc = new ScriptedDriverRegistry();
  private final Told told = new Told();
  private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
  private final SubscribedPoints listed = points(Optional.empty());
  private final SubscribedPoints browsed = points(Optional.of("*"));
  private final SubscriptionGaps gaps = new SubscriptionGaps(this::stored);
  private volatile Instant now = Instant.ofEpochSecond(100);
  private Device<Plc4xDevice> device;
  private Plc4xStreamingSession session;

  /** What the runtime is told. */
  private static final class Told implements StreamSink {
    final List<Measurement> values = new CopyOnWriteArrayList<>();
    final List<Gap> gaps = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(List<Message> messages) {
      for (Message message : messages) {
        for (SourceEvent event : message.events()) {
          if (event instanceof Gap gap) {
            gaps.add(gap);
          } else {
            values.add((Measurement) event);
          }
        }
      }
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void finished() {
      throw new AssertionError("not a former part");
    }
  }

  @BeforeEach
  void makeDevice() throws LineException {
    plc.doesNotRead();
    Plc4xDevice settings = new Plc4xDevice(ConnectionString.parse("scripted://plc"), null);
    device = new Device<>("press", "scripted://plc", settings, Map.of());
    session = session(Optional.empty());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Map<Map<String, String>, Map<String, Object>> stored(
      Collection<Map<String, String>> partitions) {
    Map<Map<String, String>, Map<String, Object>> found = new HashMap<>(stored);
    found.keySet().retainAll(partitions);
    return found;
  }

  private static SubscribedPoints points(Optional<String> query) {
    return new SubscribedPoints(
        new BrowseSettings(query, SubscriptionKind.CHANGE, Duration.ofSeconds(1)));
  }

  private Plc4xStreamingSession session(Optional<String> query) {
    return new Plc4xStreamingSession(
        new ManagedConnection(plc, device.settings(), AN_AGE),
        Map.of(device, tags()),
        new RequestSettings(AN_AGE, AN_AGE, 2, 3, AN_AGE),
        query.isPresent() ? browsed : listed,
        gaps,
        new InitialReads(Clock.SYSTEM),
        new Clock(() -> now, System::nanoTime));
  }

  private List<Tag<Plc4xTag>> tags() {
    List<Tag<Plc4xTag>> tags = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Plc4xTag address = new Plc4xTag(plc.parse("scripted", "a" + i), SubscriptionKind.CHANGE);
      tags.add(
          new Tag<>(
              "t" + i,
              address,
              address.valueType(),
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of()));
    }
    return tags;
  }

  @Test
  void handsOnWhatTheDeviceTells() throws ProtocolException {
    session.start(told);
    assertThat(plc.requests).containsExactly(List.of("a0", "a1"), List.of("a2"));

    TagResponse value = new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) 7));
    plc.subscribers
        .get(1)
        .accept(new SubscriptionEvent(Instant.ofEpochSecond(5), Map.of(0, value)));

    assertThat(told.values)
        .singleElement()
        .satisfies(
            measurement -> {
              assertThat(measurement.tag().name()).isEqualTo("t2");
              assertThat(measurement.timestampNanos()).isEqualTo(5_000_000_000L);
              assertThat(measurement.quality()).isEqualTo(Quality.GOOD);
            });
  }

  @Test
  void saysWhichSubscriptionsWereRefused() throws ProtocolException {
    plc.refused.add("a1");
    session.start(told);

    assertThat(told.values)
        .singleElement()
        .satisfies(
            measurement -> {
              assertThat(measurement.tag().name()).isEqualTo("t1");
              assertThat(measurement.status()).isEqualTo("2 NOT_FOUND");
            });
  }

  @Test
  void subscribesToWhatItFindsBesideTheListedTags() throws ProtocolException {
    session = session(Optional.of("*"));
    session.start(told);

    assertThat(plc.requests).containsExactly(List.of("a0", "a1"), List.of("a2", "f0"));
  }

  @Test
  void reusesThePointsOfEarlierSessions() throws ProtocolException {
    for (int i = 0; i < 100; i++) {
      session = session(Optional.of("*"));
      session.start(told);
      TagResponse value = new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) 7));
      plc.subscribers
          .get(plc.subscribers.size() - 1)
          .accept(new SubscriptionEvent(now, Map.of(0, value, 1, value)));
      session.close();
    }

    Set<Point<?>> points = new HashSet<>();
    told.values.forEach(measurement -> points.add(measurement.point()));
    assertThat(told.values).hasSize(200);
    assertThat(points).extracting(point -> point.tag().name()).containsOnlyOnce("t2", "found");
    assertThat(points).hasSize(2);
  }

  @Test
  void dropsAConnectionThatDoesNotAnswer() {
    plc.silent.add("a2");

    assertThatThrownBy(() -> session.start(told))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo("TIMEOUT"));
    assertThat(plc.killed.get()).isPositive();
  }

  @Test
  void noticesThatTheDriverLostItsConnection() throws ProtocolException {
    session.start(told);

    session.tick();
    plc.loseAll();

    assertThatThrownBy(session::tick)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo("CONNECTION_LOST"));
  }

  @Test
  void saysWhatNobodyHeardBetweenTwoConnections() throws ProtocolException {
    session.start(told);
    assertThat(told.gaps).as("gaps at first").isEmpty();
    tell(at(103));
    now = Instant.ofEpochSecond(110);
    plc.loseAll();
    assertThatThrownBy(session::tick).isInstanceOf(ProtocolException.class);
    session.close();

    plc.away = true;
    session = session(Optional.empty());
    assertThatThrownBy(() -> session.start(told)).isInstanceOf(ProtocolException.class);
    session.close();
    plc.away = false;
    now = Instant.ofEpochSecond(120);
    session = session(Optional.empty());
    session.start(told);

    assertThat(told.gaps)
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.device()).isEqualTo(device);
              assertThat(gap.tag()).isEmpty();
              assertThat(gap.from()).isEqualTo(Instant.ofEpochSecond(103));
              assertThat(gap.to()).isEqualTo(Instant.ofEpochSecond(120));
              assertThat(gap.cause()).contains("scripted://plc").contains("lost its connection");
              assertThat(gap.filled()).isFalse();
            });
  }

  @Test
  void saysWhatNobodyHeardWhileTheTaskWasNotRunning() throws ProtocolException {
    stored.put(Map.of("device", "press"), Map.of("timestamp_ns", 40_000_000_000L));
    session.start(told);

    assertThat(told.gaps)
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isEqualTo(Instant.ofEpochSecond(40));
              assertThat(gap.to()).isEqualTo(Instant.ofEpochSecond(100));
              assertThat(gap.cause()).contains("not running");
            });
  }

  @Test
  void aGapOfADeviceThatNeverSentAValueHasNoStart() throws ProtocolException {
    session.start(told);
    plc.loseAll();
    assertThatThrownBy(session::tick).isInstanceOf(ProtocolException.class);
    session.close();
    now = Instant.ofEpochSecond(120);
    session = session(Optional.empty());
    session.start(told);

    assertThat(told.gaps)
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isNull();
              assertThat(gap.to()).isEqualTo(Instant.ofEpochSecond(120));
              assertThat(gap.missedScans()).isEmpty();
            });
  }

  @Test
  void aSecondGapBeginsWithTheLastValueToo() throws ProtocolException {
    session.start(told);
    tell(at(103));
    for (long second : new long[] {110, 120}) {
      plc.loseAll();
      assertThatThrownBy(session::tick).isInstanceOf(ProtocolException.class);
      session.close();
      now = Instant.ofEpochSecond(second);
      session = session(Optional.empty());
      session.start(told);
    }

    assertThat(told.gaps)
        .extracting(Gap::from)
        .containsExactly(Instant.ofEpochSecond(103), Instant.ofEpochSecond(103));
  }

  @Test
  void aGapHasNoStartWhenTheClockWasSetBack() throws ProtocolException {
    stored.put(Map.of("device", "press"), Map.of("timestamp_ns", 400_000_000_000L));
    session.start(told);

    assertThat(told.gaps)
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.from()).isNull();
              assertThat(gap.to()).isEqualTo(Instant.ofEpochSecond(100));
            });
  }

  @Test
  void storesWhenTheDeviceWasHeardLast() throws ProtocolException {
    session.start(told);
    now = Instant.ofEpochSecond(105);
    TagResponse value = new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) 7));
    plc.subscribers
        .get(1)
        .accept(new SubscriptionEvent(Instant.ofEpochSecond(5), Map.of(0, value)));

    SourcePosition position = told.values.get(0).position();
    assertThat(position.partition()).isEqualTo(Map.of("device", "press"));
    assertThat(position.offset()).isEqualTo(Map.of("timestamp_ns", 105_000_000_000L));
  }

  @Test
  void aGapGoesOnUntilEverythingIsSubscribedToAgain() throws ProtocolException {
    session.start(told);
    tell(at(103));
    session.close();

    plc.silent.add("a2");
    session = session(Optional.empty());
    assertThatThrownBy(() -> session.start(told)).isInstanceOf(ProtocolException.class);
    // The first request was answered, so there is a subscriber more.
    tell(at(105));
    session.close();
    plc.silent.clear();
    now = Instant.ofEpochSecond(120);
    session = session(Optional.empty());
    session.start(told);

    assertThat(told.gaps)
        .singleElement()
        .satisfies(gap -> assertThat(gap.from()).isEqualTo(Instant.ofEpochSecond(103)));
  }

  private Instant at(long second) {
    now = Instant.ofEpochSecond(second);
    return now;
  }

  /** Through the youngest subscription. */
  private void tell(Instant at) {
    TagResponse value = new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) 7));
    plc.subscribers
        .get(plc.subscribers.size() - 1)
        .accept(new SubscriptionEvent(at, Map.of(0, value)));
  }
}
