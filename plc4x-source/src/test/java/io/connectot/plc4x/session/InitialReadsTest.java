// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The values that subscribed tags have first. The value 1 is read, others are notified. */
class InitialReadsTest {
  private static final Duration AN_AGE = Duration.ofSeconds(30);

  private final ScriptedDriverRegistry plc = new ScriptedDriverRegistry();

  /** Gaps and measurements, in the order in which they were delivered. */
  private final List<String> delivered = new CopyOnWriteArrayList<>();

  private final List<Measurement> values = new CopyOnWriteArrayList<>();
  private final SubscribedPoints points =
      new SubscribedPoints(
          new BrowseSettings(Optional.empty(), SubscriptionKind.CHANGE, Duration.ofSeconds(1)));
  private final SubscriptionGaps gaps = new SubscriptionGaps(partitions -> Map.of());
  private volatile Instant now = Instant.ofEpochSecond(100);
  private final Clock clock = new Clock(() -> now, System::nanoTime);
  private final InitialReads reads = new InitialReads(clock);
  private final List<Tag<Plc4xTag>> tags = new ArrayList<>();
  private Device<Plc4xDevice> device;
  private Plc4xStreamingSession session;

  private final StreamSink sink =
      new StreamSink() {
        @Override
        public void deliver(List<Message> messages) {
          messages.forEach(
              message ->
                  message
                      .events()
                      .forEach(
                          event -> {
                            if (event instanceof Measurement value) {
                              values.add(value);
                              delivered.add(text(value));
                            } else {
                              assertThat(event).isInstanceOf(Gap.class);
                              delivered.add("gap");
                            }
                          }));
        }

        @Override
        public void connectionLost(ProtocolException cause) {
          throw new AssertionError(cause);
        }

        @Override
        public void finished() {
          throw new AssertionError("not a former part");
        }
      };

  private static String text(Measurement value) {
    return value.tag().name()
        + " "
        + value.quality()
        + " "
        + (value.value() instanceof LongValue number ? number.value() : value.status());
  }

  @BeforeEach
  void makeDevice() throws Exception {
    Plc4xDevice settings = new Plc4xDevice(ConnectionString.parse("scripted://plc"), null);
    device = new Device<>("press", "scripted://plc", settings, Map.of());
    for (int i = 0; i < 4; i++) {
      tags.add(tag("t" + i, "a" + i, SubscriptionKind.CHANGE));
    }
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Tag<Plc4xTag> tag(String name, String text, SubscriptionKind kind) {
    Plc4xTag address = new Plc4xTag(plc.parse("scripted", text), kind);
    return new Tag<>(
        name,
        address,
        address.valueType(),
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  private void start() throws ProtocolException {
    session =
        new Plc4xStreamingSession(
            new ManagedConnection(plc, device.settings(), AN_AGE),
            Map.of(device, tags),
            new RequestSettings(AN_AGE, AN_AGE, 4, 3, AN_AGE),
            points,
            gaps,
            reads,
            clock);
    session.start(sink);
  }

  private void failToStart(String status) {
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo(status));
    session.close();
  }

  /** Notifies the tag with an index through the youngest subscription. */
  private void send(int index, TagResponse response) {
    plc.subscribers
        .get(plc.subscribers.size() - 1)
        .accept(new SubscriptionEvent(now, Map.of(index, response)));
  }

  private static TagResponse good(int value) {
    return new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) value));
  }

  private static TagResponse bad() {
    return new TagResponse(ResponseCode.REMOTE_ERROR, null);
  }

  @Test
  void tagsOfADeviceThatSendsNothingHaveTheirValuesWhenTheSessionHasStarted() throws Exception {
    plc.duringRead = texts -> now = Instant.ofEpochSecond(103);
    start();

    assertThat(delivered).containsExactly("t0 GOOD 1", "t1 GOOD 1", "t2 GOOD 1", "t3 GOOD 1");
    assertThat(values)
        .allSatisfy(
            value -> {
              assertThat(value.timestampNanos()).as("when it was read").isEqualTo(nanos(103));
              assertThat(value.receivedNanos()).isEqualTo(nanos(103));
              assertThat(value.position().offset()).isEqualTo(Map.of("timestamp_ns", nanos(103)));
            });
    send(0, good(2));
    assertThat(delivered).last().isEqualTo("t0 GOOD 2");
  }

  private static long nanos(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void aValueThatIsSentDuringTheReadReplacesWhatIsRead() throws Exception {
    plc.duringRead = texts -> send(1, good(7));
    start();

    assertThat(delivered).containsExactly("t1 GOOD 7", "t0 GOOD 1", "t2 GOOD 1", "t3 GOOD 1");
  }

  @Test
  void aTagThatTheDeviceFailsDuringTheReadStaysBad() throws Exception {
    plc.duringRead = texts -> send(1, bad());
    start();

    assertThat(delivered)
        .containsExactly("t1 BAD 10 REMOTE_ERROR", "t0 GOOD 1", "t2 GOOD 1", "t3 GOOD 1");
  }

  @Test
  void tagsWithAValueAreNotReadAndTagsThatFailedAre() throws Exception {
    plc.whenSubscribed =
        () -> {
          send(1, good(7));
          send(2, bad());
        };
    start();

    assertThat(plc.requests)
        .containsExactly(List.of("a0", "a1", "a2", "a3"), List.of("a0", "a2", "a3"));
    assertThat(delivered)
        .containsExactly(
            "t1 GOOD 7", "t2 BAD 10 REMOTE_ERROR", "t0 GOOD 1", "t2 GOOD 1", "t3 GOOD 1");
  }

  @Test
  void aTagThatCannotBeReadIsBadUntilAValueIsSentAndNoOthers() throws Exception {
    plc.unreadable.add("a1");
    start();

    assertThat(delivered)
        .containsExactly("t0 GOOD 1", "t2 GOOD 1", "t3 GOOD 1", "t1 BAD 4 INVALID_ADDRESS");
    send(1, good(7));
    assertThat(delivered).last().isEqualTo("t1 GOOD 7");
  }

  @Test
  void aTagThatMakesTheOthersRefusedIsReadAlone() throws Exception {
    plc.refusingAll.add("a1");
    start();

    assertThat(delivered)
        .containsExactly("t0 GOOD 1", "t1 BAD 4 INVALID_ADDRESS", "t2 GOOD 1", "t3 GOOD 1");
  }

  @Test
  void refusedSubscriptionsAndEventsAreNotRead() throws Exception {
    plc.refused.add("a1");
    tags.set(2, tag("t2", "a2", SubscriptionKind.EVENT));
    start();

    assertThat(plc.requests).last().isEqualTo(List.of("a0", "a3"));
    assertThat(delivered).containsExactly("t1 BAD 2 NOT_FOUND", "t0 GOOD 1", "t3 GOOD 1");
  }

  @Test
  void aDriverThatDoesNotReadIsNotAskedTo() throws Exception {
    plc.doesNotRead();
    start();

    assertThat(plc.requests).hasSize(1);
    assertThat(delivered).isEmpty();
  }

  @Test
  void aTagWhoseReadHasNoAnswerKeepsTheOthersFromTheirValuesForThreeConnections() throws Exception {
    plc.unanswered.add("a1");
    for (int i = 0; i < InitialReads.MAX_UNANSWERED; i++) {
      failToStart("TIMEOUT");
    }
    assertThat(plc.killed.get()).isGreaterThanOrEqualTo(InitialReads.MAX_UNANSWERED);
    delivered.clear();

    start();

    assertThat(delivered)
        .containsExactlyInAnyOrder("gap", "t0 GOOD 1", "t1 BAD TIMEOUT", "t2 GOOD 1", "t3 GOOD 1")
        .startsWith("gap");
    session.close();
    plc.unanswered.clear();
    start();
    assertThat(delivered)
        .as("read again by the next session")
        .endsWith("t1 GOOD 1", "t2 GOOD 1", "t3 GOOD 1");
  }
}
