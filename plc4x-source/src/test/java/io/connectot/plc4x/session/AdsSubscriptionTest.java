// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import io.connectot.plc4x.config.ConnectionString;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsServer;
import io.connectot.plc4x.testing.AdsServer.FirstNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscriptions to the symbols of a TwinCAT controller. */
class AdsSubscriptionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final DriverRegistry drivers = Plc4xDriverRegistry.shared();
  private final List<Measurement> values = new CopyOnWriteArrayList<>();
  private final AdsProgram program = new AdsProgram(4096);
  private AdsServer server;
  private Plc4xStreamingSession session;

  private final StreamSink sink =
      new StreamSink() {
        @Override
        public void deliver(List<Message> messages) {
          for (Message message : messages) {
            message.events().stream()
                .filter(Measurement.class::isInstance)
                .forEach(event -> values.add((Measurement) event));
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
      };

  @BeforeEach
  void start() throws Exception {
    program.array("ARRAY [1..4] OF DINT", "DINT", 16, new int[] {1, 4});
    program.symbol("MAIN.count", "DINT", 4);
    program.symbol("MAIN.text", "STRING(10)", 11);
    program.symbol("MAIN.counts", "ARRAY [1..4] OF DINT", 16);
    server = new AdsServer(program);
    session =
        session("MAIN.count", "MAIN.text", "MAIN.counts", "MAIN.counts[2]", "MAIN.nothing", "Odd");
  }

  @AfterEach
  void stop() throws Exception {
    session.close();
    server.close();
  }

  private Plc4xStreamingSession session(String... addresses) throws Exception {
    Plc4xDevice settings = new Plc4xDevice(ConnectionString.parse(server.url()), null);
    Device<Plc4xDevice> device = new Device<>("press", server.url(), settings, Map.of());
    List<Tag<Plc4xTag>> tags = new ArrayList<>();
    for (String text : addresses) {
      Plc4xTag address = new Plc4xTag(drivers.parse("ads", text), SubscriptionKind.CHANGE);
      tags.add(
          new Tag<>(
              text,
              address,
              address.valueType(),
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of()));
    }
    BrowseSettings nothing =
        new BrowseSettings(Optional.empty(), SubscriptionKind.CHANGE, Duration.ofSeconds(1));
    return new Plc4xStreamingSession(
        new ManagedConnection(drivers, settings, LIMIT),
        Map.of(device, tags),
        new RequestSettings(LIMIT, LIMIT, 1, 3, LIMIT),
        new SubscribedPoints(nothing),
        new SubscriptionGaps(partitions -> Map.of()),
        new InitialReads(Clock.SYSTEM),
        Clock.SYSTEM);
  }

  private void awaitLast(String tag, String result) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(valuesOf(tag)).last().isEqualTo(result));
  }

  /** The qualities of a tag, and the values or statuses with them. */
  private List<String> valuesOf(String tag) {
    return values.stream()
        .filter(value -> value.tag().name().equals(tag))
        .map(
            value ->
                value.quality()
                    + " "
                    + (value.value() instanceof LongValue number ? number.value() : value.status()))
        .toList();
  }

  @Test
  void changesArriveAndWhatTheDriverCannotDecodeIsBad() throws Exception {
    session.start(sink);
    awaitLast("MAIN.count", "GOOD 0");
    awaitLast("MAIN.text", "BAD 11 UNSUPPORTED");
    awaitLast("MAIN.counts", "BAD 11 UNSUPPORTED");
    awaitLast("MAIN.nothing", "BAD 2 NOT_FOUND");
    awaitLast("Odd", "BAD 2 NOT_FOUND");

    program.memory().putInt(program.offset("MAIN.count"), -5);
    program.memory().putInt(program.offset("MAIN.counts") + 4, 7);
    server.sendChanges();

    awaitLast("MAIN.count", "GOOD -5");
    awaitLast("MAIN.counts[2]", "GOOD 7");
    session.tick();
  }

  @ParameterizedTest
  @EnumSource
  void theFirstValueArrivesWheneverAndWhetherTheControllerSendsIt(FirstNotification when)
      throws Exception {
    program.memory().putInt(program.offset("MAIN.count"), 41);
    server.set(when);

    session.start(sink);

    assertThat(valuesOf("MAIN.count")).as("at the end of the start").last().isEqualTo("GOOD 41");
    program.memory().putInt(program.offset("MAIN.count"), 42);
    server.sendChanges();
    awaitLast("MAIN.count", "GOOD 42");
    assertThat(valuesOf("MAIN.count")).contains("GOOD 41").doesNotContain("GOOD 0");
  }

  @Test
  void aSubscribedSymbolThatCannotBeReadIsBadUntilAValueIsSent() throws Exception {
    server.set(FirstNotification.NEVER);
    server.refuseReads(program.offset("MAIN.count"));

    session.start(sink);

    assertThat(valuesOf("MAIN.count")).containsExactly("BAD DRIVER_ERROR");
    assertThat(valuesOf("MAIN.counts[2]")).containsExactly("GOOD 0");
    program.memory().putInt(program.offset("MAIN.count"), 42);
    server.sendChanges();
    awaitLast("MAIN.count", "GOOD 42");
  }

  @Test
  void aDownloadEndsTheSubscriptionsOfTheFormerProgram() throws Exception {
    session.start(sink);
    server.download(new AdsProgram(4096));

    assertThatThrownBy(() -> session.tick())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("runs another program");
  }
}
