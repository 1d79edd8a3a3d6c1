// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import static io.connectot.sparkplug.host.HostRig.DEVICE;
import static io.connectot.sparkplug.host.HostRig.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.connectot.sparkplug.host.HostEvent.Born;
import io.connectot.sparkplug.host.HostEvent.Data;
import io.connectot.sparkplug.host.HostEvent.Died;
import io.connectot.sparkplug.host.HostEvent.Missed;
import io.connectot.sparkplug.host.HostEvent.Returned;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostMachineTest {
  private static final int NODES = 200;

  private final HostRig rig = new HostRig();

  @Test
  void whatArrivesAfterItWasGivenUpIsTakenAndAsksForNothing() {
    rig.nodeBirth(0);
    rig.nodeData(1, 10);
    rig.nodeData(3, 30);
    rig.pass(2000);
    rig.nodeBirth(0);
    rig.nodeData(1, 11);
    rig.nodeData(3, 31);
    rig.pass(2000);
    int asked = rig.rebirths().size();

    rig.nodeData(2, 21);
    rig.nodeData(4, 41);

    assertThat(rig.values()).containsExactly(10L, 30L, 11L, 31L, 21L, 41L);
    assertThat(rig.rebirths()).hasSize(asked);
  }

  @Test
  void severalHolesBecomeOneGapAndWhatWaitedIsTakenInOrder() {
    rig.nodeBirth(0);
    rig.nodeData(7, 70);
    rig.nodeData(3, 30);
    rig.nodeData(5, 50);
    rig.pass(2000);

    assertThat(rig.values()).containsExactly(30L, 50L, 70L);
    assertThat(rig.all(Missed.class))
        .singleElement()
        .satisfies(missed -> assertThat(missed.cause()).startsWith("4 messages"));
    rig.nodeData(8, 80);
    assertThat(rig.values()).endsWith(80L);
  }

  @Test
  void aHoleAtTheEndOfTheNumbersIsOneHole() {
    rig.nodeBirth(0);
    for (int i = 1; i <= 253; i++) {
      rig.nodeData(i, i);
    }
    rig.nodeData(1, 1001);
    rig.pass(2000);

    assertThat(rig.values()).endsWith(253L, 1001L);
    assertThat(rig.all(Missed.class).get(0).cause())
        .isEqualTo("3 messages of the edge node missing: sequence numbers 254 to 0");
  }

  @Test
  void dataThatOvertakesItsBirthWaitsForIt() {
    rig.nodeBirth(0);
    rig.nodeData(1, 10);
    rig.nodeData(2, 20);
    long later = rig.millis() + 100;
    rig.send(MessageType.NDATA, NODE, Payload.of(later, 1L, List.of(HostRig.byAlias(1, 11))));
    assertThat(rig.values()).containsExactly(10L, 20L);

    rig.nodeBirth(1);

    assertThat(rig.values()).containsExactly(10L, 20L, 11L);
    assertThat(rig.events.get(rig.events.size() - 1)).isInstanceOf(Data.class);
    assertThat(rig.all(Missed.class)).isEmpty();
  }

  @Test
  void requestsAreThrottledPerNodeAndRepeatedUntilTheNodeIsBorn() {
    rig.nodeData(5, 1);
    rig.nodeData(6, 2);
    assertThat(rig.rebirths()).hasSize(1);
    rig.pass(9_990);
    assertThat(rig.rebirths()).hasSize(1);
    rig.pass(10);
    assertThat(rig.rebirths()).hasSize(2);
    rig.nodeBirth(0);
    rig.pass(60_000);
    assertThat(rig.rebirths()).hasSize(2);
  }

  @Test
  void aNodeThatNeverAnswersIsNotAskedForEver() {
    rig.nodeData(5, 1);
    for (int i = 0; i < 100; i++) {
      rig.pass(10_000);
    }
    assertThat(rig.rebirths()).hasSize(5);
  }

  @Test
  void aPassiveHostAsksForNothingAndTellsWhatItCannotRead() {
    HostRig passive = new HostRig(Set.of(), Duration.ZERO);
    passive.nodeData(5, 1);
    passive.pass(10_000);
    passive.nodeData(6, 2);

    assertThat(passive.rebirths()).isEmpty();
    assertThat(passive.values()).isEmpty();
    assertThat(passive.all(Missed.class)).isNotEmpty().allMatch(m -> m.id().equals(NODE));
  }

  @Test
  void aTriggerThatIsNotConfiguredAsksForNothing() {
    HostRig gapsOnly = new HostRig(EnumSet.of(RebirthTrigger.GAP), Duration.ZERO);
    gapsOnly.nodeData(5, 1);
    assertThat(gapsOnly.rebirths()).isEmpty();
  }

  @Test
  void malformedPayloadsAskForARebirth() {
    rig.nodeBirth(0);
    rig.machine.malformed(
        new SparkplugTopic(MessageType.NDATA, NODE), "truncated", rig.now(), rig.events::add);
    assertThat(rig.rebirths()).extracting(HostEvent.RebirthRequested::cause).contains("truncated");
  }

  @Test
  void aSilentNodeIsOfflineUntilItSendsAgain() {
    HostRig silent = new HostRig(EnumSet.allOf(RebirthTrigger.class), Duration.ofSeconds(30));
    silent.nodeBirth(0);
    silent.deviceBirth(1);
    silent.pass(29_999);
    assertThat(silent.all(Died.class)).isEmpty();
    silent.pass(1);
    assertThat(silent.all(Died.class)).extracting(HostEvent::id).containsExactly(DEVICE, NODE);
    assertThat(silent.all(Died.class).get(0).cause()).contains("sparkplug.node.silence.ms");
    silent.pass(30_000);
    assertThat(silent.all(Died.class)).hasSize(2);

    silent.nodeData(2, 20);

    assertThat(silent.all(Returned.class)).extracting(HostEvent::id).containsExactly(DEVICE, NODE);
    assertThat(silent.values()).containsExactly(20L);
    assertThat(silent.rebirths()).hasSize(1);
  }

  @Test
  void aDeviceThatIsNotBornAgainWithItsNodeIsDead() {
    rig.nodeBirth(0);
    rig.deviceBirth(1);
    rig.nodeBirth(0);
    rig.pass(29_000);
    assertThat(rig.all(Died.class)).isEmpty();
    rig.pass(1_001);
    assertThat(rig.all(Died.class)).extracting(HostEvent::id).containsExactly(DEVICE);
  }

  @Test
  void theTimeOfADeathThatDoesNotFitIsThatOfItsReceipt() {
    for (long millis : new long[] {-1, Long.MAX_VALUE}) {
      HostRig host = new HostRig();
      host.nodeBirth(0);
      host.deviceBirth(1);
      host.deviceDeath(2, millis);
      assertThat(host.all(HostEvent.Died.class))
          .singleElement()
          .satisfies(died -> assertThat(died.sinceNanos()).isEqualTo(host.nanos()));
    }
  }

  @Test
  void dataOfADeviceBeforeItsBirthIsDroppedIntoAGap() {
    rig.nodeBirth(0);
    rig.deviceData(1, 1);
    assertThat(rig.rebirths()).hasSize(1);
    assertThat(rig.values()).isEmpty();
    rig.nodeBirth(0);
    rig.deviceBirth(1);
    assertThat(rig.all(Missed.class))
        .singleElement()
        .satisfies(
            missed -> {
              assertThat(missed.id()).isEqualTo(DEVICE);
              assertThat(missed.fromNanos()).isNull();
            });
  }

  @Test
  void dataAfterTheDeathOfItsNodeAsksForABirth() {
    rig.nodeBirth(0);
    rig.nodeDeath(0L);
    rig.nodeData(1, 1);
    assertThat(rig.values()).isEmpty();
    assertThat(rig.rebirths()).hasSize(1);
  }

  @Test
  void aLateDeathOnTheBrokerThatANodeLeftDoesNotEndItsSession() {
    rig.nodeBirth(7);
    rig.sendOver(
        "b",
        MessageType.NBIRTH,
        NODE,
        Payload.of(
            rig.millis(),
            0L,
            List.of(Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(8)))));
    rig.nodeDeath(7L);
    assertThat(rig.all(Died.class)).isEmpty();
  }

  @Test
  void afterALostConnectionWhatIsMissingIsAGapAtOnce() {
    rig.nodeBirth(0);
    rig.nodeData(1, 10);
    long before = rig.nanos();
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.pass(5000);
    rig.nodeData(9, 90);

    assertThat(rig.values()).containsExactly(10L, 90L);
    assertThat(rig.all(Missed.class))
        .singleElement()
        .satisfies(
            missed -> {
              assertThat(missed.fromNanos()).isEqualTo(before);
              assertThat(missed.cause()).isEqualTo("no connection to the broker");
            });
    assertThat(rig.rebirths()).hasSize(1);
  }

  @Test
  void afterALostConnectionWithoutAMissingNumberNothingIsMissing() {
    rig.nodeBirth(0);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeData(1, 10);
    assertThat(rig.all(Missed.class)).isEmpty();
    assertThat(rig.rebirths()).isEmpty();
  }

  @Test
  void aNodeThatWasDeadWhenTheConnectionWasLostMissesNothingByIt() {
    rig.nodeBirth(0);
    rig.nodeDeath(0L);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeBirth(1);
    assertThat(rig.all(Missed.class)).isEmpty();
  }

  @Test
  void afterALostConnectionBadValuesAreRequestedAnew() {
    HostRig bad =
        new HostRig(
            new HostSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ZERO, Set.of(), true));
    bad.nodeBirth(0);
    bad.nodeBirth(EdgeId.ofNode("plant", "dead"), 0, 1);
    bad.send(MessageType.NDEATH, EdgeId.ofNode("plant", "dead"), Payload.of(null, null, List.of()));
    bad.machine.connectionLost("a", "no connection to the broker");
    bad.pass(1);
    assertThat(bad.rebirths()).extracting(HostEvent::id).containsExactly(NODE);
  }

  @Test
  void birthsSurviveARestartAsText() {
    rig.nodeBirth(3);
    rig.deviceBirth(1);
    rig.deviceData(2, 20);
    HostRig next = new HostRig();
    next.pass(5000);
    for (Born born : rig.all(Born.class)) {
      String text = BirthText.of(born.birth()).orElseThrow();
      Birth birth = BirthText.read(born.id(), text).orElseThrow();
      assertThat(birth.definitions()).isEqualTo(born.birth().definitions());
      NodePosition position =
          born.id().isNode() ? born.position() : rig.all(Data.class).get(0).position();
      next.machine.restore(new Stored(born.id(), birth, position, true), "not running", next.now());
    }

    next.deviceData(6, 60);

    assertThat(next.all(Data.class).get(0).definitions()[0].name()).isEqualTo("temp");
    assertThat(next.all(Missed.class))
        .extracting(Missed::id, Missed::fromNanos)
        .containsExactly(tuple(NODE, rig.nanos()), tuple(DEVICE, rig.nanos()));
    assertThat(next.rebirths()).hasSize(1);
    next.nodeDeath(2L);
    assertThat(next.all(Died.class)).isEmpty();
    next.nodeDeath(3L);
    assertThat(next.all(Died.class)).hasSize(2);
  }

  @Test
  void whatIsNoBirthTextIsNotRead() {
    assertThat(BirthText.read(NODE, "")).isEmpty();
    assertThat(BirthText.read(NODE, "AAAA")).isEmpty();
    assertThat(BirthText.read(NODE, "no base 64!")).isEmpty();
  }

  @Test
  void theDeathOfALaterSessionEndsANodeWhoseBirthWasMissed() {
    rig.nodeBirth(0);
    rig.nodeDeath(1L);
    assertThat(rig.all(Died.class)).isEmpty();
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeDeath(255L);
    assertThat(rig.all(Died.class)).isEmpty();
    rig.nodeDeath(1L);
    assertThat(rig.all(Died.class)).hasSize(1);
  }

  @Test
  void aMetricThatOnlyDataNamesWithItsTypeIsTaken() {
    rig.nodeBirth(0);
    Metric late = Metric.of("late", DataType.INT32, new MetricValue.LongValue(5));
    rig.send(MessageType.NDATA, NODE, Payload.of(rig.millis(), 1L, List.of(late)));
    assertThat(rig.all(Data.class).get(0).definitions()[0].name()).isEqualTo("late");
    assertThat(rig.rebirths()).hasSize(1);
  }

  @Test
  void twoHundredNodesAreRebornAtOnce() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < NODES; i++) {
        rig.nodeBirth(EdgeId.ofNode("plant", "n" + i), 0, round);
      }
    }
    for (int i = 0; i < NODES; i++) {
      rig.send(
          MessageType.NDATA,
          EdgeId.ofNode("plant", "n" + i),
          Payload.of(rig.millis(), 1L, List.of(HostRig.byAlias(2, i))));
    }
    rig.pass(5000);

    assertThat(rig.machine.nodes()).isEqualTo(NODES);
    assertThat(rig.all(Born.class)).hasSize(3 * NODES);
    assertThat(rig.values()).hasSize(NODES).isSorted();
    assertThat(rig.rebirths()).isEmpty();
    assertThat(rig.all(Missed.class)).isEmpty();
  }

  /** It is reported before what comes over the new connection. */
  @Test
  void whatWaitsWhenTheConnectionIsLostComesFirst() {
    rig.nodeBirth(0);
    rig.nodeData(2, 20);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeData(20, 200);
    rig.nodeData(21, 210);
    rig.pass(3000);
    rig.nodeData(22, 220);
    assertThat(rig.values()).containsExactly(20L, 200L, 210L, 220L);
    assertThat(rig.all(Missed.class))
        .extracting(Missed::cause)
        .hasSize(2)
        .last()
        .isEqualTo("no connection to the broker");
  }

  @Test
  void whatWaitsWhenTheConnectionIsLostHarmsNothingIfNumbersEnd() {
    rig.nodeBirth(0);
    rig.nodeData(2, 20);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.send(
        MessageType.NDATA, NODE, Payload.of(rig.millis(), null, List.of(HostRig.byAlias(1, 5))));
    rig.pass(3000);
    assertThat(rig.values()).containsExactly(20L, 5L);
  }

  @Test
  void aDeviceEndsWithItsNodeWhoseBirthWasMissed() {
    rig.nodeBirth(0);
    rig.nodeDeath(0L);
    rig.deviceBirth(1);
    rig.events.clear();
    rig.nodeDeath(1L);
    assertThat(rig.all(Died.class)).extracting(Died::id).contains(HostRig.DEVICE);
  }
}
