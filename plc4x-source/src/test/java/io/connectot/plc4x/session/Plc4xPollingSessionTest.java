// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.config.ConnectionString;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class Plc4xPollingSessionTest {
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private final ScriptedDriverRegistry plc = new ScriptedDriverRegistry();
  private final AtomicLong tick = new AtomicLong();
  private final Device<Plc4xDevice> device = device();
  private final List<Tag<Plc4xTag>> tags = tags(8);
  private final Plc4xPollingSession session = session(Duration.ofSeconds(30));

  private static Device<Plc4xDevice> device() {
    try {
      Plc4xDevice settings = new Plc4xDevice(ConnectionString.parse("scripted://plc"), null);
      return new Device<>("press", "scripted://plc", settings, Map.of());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Plc4xPollingSession session(Duration connectTimeout) {
    RequestSettings settings =
        new RequestSettings(connectTimeout, Duration.ofSeconds(30), 8, 3, RECHECK);
    return new Plc4xPollingSession(
        new ManagedConnection(plc, device.settings(), connectTimeout),
        new ReadItemPlanner(plc, "scripted", 0),
        settings,
        new Clock(InstantSource.system(), tick::get));
  }

  private List<Tag<Plc4xTag>> tags(int count) {
    List<Tag<Plc4xTag>> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(tag("t" + i, "a" + i));
    }
    return made;
  }

  private Tag<Plc4xTag> tag(String name, String address) {
    Plc4xTag parsed = new Plc4xTag(plc.parse("scripted", address), SubscriptionKind.CHANGE);
    return new Tag<>(
        name,
        parsed,
        parsed.valueType(),
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  private List<String> badTags() throws ProtocolException {
    return bad(session.read(device, Points.of(device, tags)));
  }

  private static List<String> bad(List<Measurement> scan) {
    return scan.stream()
        .filter(measurement -> measurement.quality() == Quality.BAD)
        .map(measurement -> measurement.tag().name())
        .toList();
  }

  @Test
  void readsEverythingInTheFewestRequests() throws ProtocolException {
    session.connect();

    assertThat(badTags()).isEmpty();
    assertThat(badTags()).isEmpty();

    assertThat(plc.requests).hasSize(2).allMatch(request -> request.size() == 8);
  }

  @Test
  void asksForAnAddressOnceHoweverManyTagsItHas() throws ProtocolException {
    session.connect();
    List<Tag<Plc4xTag>> twins = List.of(tag("one", "a"), tag("other", "a"));

    assertThat(session.read(device, Points.of(device, twins)))
        .extracting(m -> m.quality())
        .containsOnly(Quality.GOOD);
    assertThat(plc.requests).containsExactly(List.of("a"));
  }

  @Test
  void setsATagAsideThatLeavesItsRequestsWithoutAnswer() throws ProtocolException {
    plc.silent.add("a5");
    session.connect();

    assertThat(badTags()).containsExactly("t5");

    int opened = plc.opened.get();
    assertThat(badTags()).containsExactly("t5");
    assertThat(plc.opened).hasValue(opened);
  }

  @Test
  void asksForATagThatWasSetAsideAgainLater() throws ProtocolException {
    plc.silent.add("a5");
    session.connect();
    assertThat(badTags()).containsExactly("t5");
    plc.silent.clear();

    assertThat(badTags()).containsExactly("t5");
    tick.addAndGet(RECHECK.toNanos());

    assertThat(badTags()).isEmpty();
  }

  @Test
  void findsSeveralTagsWithoutAnswerScanByScan() throws ProtocolException {
    plc.silent.add("a0");
    plc.silent.add("a7");
    List<String> bad = List.of();
    for (int scan = 0; scan < 10 && bad.size() != 2; scan++) {
      try {
        session.connect();
        bad = badTags();
      } catch (ProtocolException e) {
        bad = List.of();
      }
    }

    assertThat(bad).containsExactly("t0", "t7");
  }

  @Test
  void isolatesATagThatMakesTheDriverFail() throws ProtocolException {
    plc.failing.add("a2");
    session.connect();

    assertThat(badTags()).containsExactly("t2");
    assertThat(plc.opened).hasValue(1);
  }

  @Test
  void isolatesATagThatMakesOthersBeRefused() throws ProtocolException {
    plc.refusingAll.add("a3");
    session.connect();

    assertThat(badTags()).containsExactly("t3");
    int asked = plc.requests.size();
    assertThat(badTags()).containsExactly("t3");
    assertThat(plc.requests.size() - asked).isLessThanOrEqualTo(2);
  }

  @Test
  void keepsTheOthersOfARefusedTagTogether() throws ProtocolException {
    plc.refused.add("a3");
    session.connect();

    List<Measurement> scan = session.read(device, Points.of(device, tags));

    assertThat(bad(scan)).containsExactly("t3");
    assertThat(scan.get(3).status()).isEqualTo("4 INVALID_ADDRESS");
    plc.refused.clear();
    assertThat(badTags()).isEmpty();
  }

  @Test
  void saysThatAPlcIsSilentAndBlamesNoTag() throws ProtocolException {
    tags.forEach(tag -> plc.silent.add(tag.address().toString()));
    session.connect();

    assertThatThrownBy(() -> session.read(device, Points.of(device, tags)))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> {
              assertThat(e.scope()).isEqualTo(ProtocolException.Scope.CONNECTION);
              assertThat(e.status()).isEqualTo("TIMEOUT");
            });

    plc.silent.clear();
    session.connect();
    assertThat(badTags()).isEmpty();
  }

  @Test
  void dropsEveryConnectionThatDidNotAnswer() throws ProtocolException {
    Tag<Plc4xTag> only = tag("only", "x");
    List<Tag<Plc4xTag>> list = List.of(only);
    plc.silent.add("x");
    for (int i = 0; i < 20; i++) {
      session.connect();
      assertThatThrownBy(() -> session.read(device, Points.of(device, list)))
          .isInstanceOf(ProtocolException.class);
    }
    assertThat(plc.killed.get()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void limitsHowManyConnectionsThatHangAreStarted() {
    Plc4xPollingSession hasty = session(Duration.ofMillis(1));
    plc.hangsOnOpen = true;

    for (int attempt = 0; attempt < 10; attempt++) {
      assertThatThrownBy(hasty::connect)
          .isInstanceOfSatisfying(
              ProtocolException.class,
              e -> assertThat(e.status()).isIn("CONNECT_TIMEOUT", "DRIVER_STUCK"));
    }
    assertThat(plc.killed.get()).isPositive();
  }

  @Test
  void endsACallUnderWayWhenItIsClosed() throws Exception {
    plc.hangsOnOpen = true;
    Thread closer =
        new Thread(
            () -> {
              while (plc.opened.get() == 0) {
                Thread.onSpinWait();
              }
              session.close();
            });
    closer.start();

    assertThatThrownBy(session::connect).isInstanceOf(ProtocolException.class);
    closer.join();
    assertThatThrownBy(session::connect)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo("CLOSED"));
  }
}
