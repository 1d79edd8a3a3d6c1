// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import static io.connectot.sparkplug.host.HostRig.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.sparkplug.host.HostEvent.Data;
import io.connectot.sparkplug.host.HostEvent.Missed;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which aliases of metrics a host uses after messages were missed. */
class MetricAliasesTest {
  private final HostRig rig = new HostRig();

  @Test
  void aliasesAreNotBelievedAfterALostConnectionUntilTheNodeIsBornAgain() {
    rig.nodeBirth(0);
    rig.deviceBirth(1);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeData(9, 90);
    rig.deviceData(10, 100);
    assertThat(rig.all(Data.class)).extracting(Data::aliasesVerified).containsExactly(false, false);

    rig.nodeBirth(1);
    rig.deviceBirth(1);
    rig.nodeData(2, 20);
    rig.deviceData(3, 30);
    assertThat(rig.all(Data.class))
        .extracting(Data::aliasesVerified)
        .containsExactly(false, false, true, true);
  }

  @Test
  void aliasesAreBelievedAfterALostConnectionWhenNoNumberIsMissing() {
    rig.nodeBirth(0);
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.nodeData(1, 10);
    assertThat(rig.all(Data.class)).allMatch(Data::aliasesVerified);
  }

  @Test
  void aliasesOfANodeWithoutNumbersAreNotBelievedAfterALostConnection() {
    rig.send(
        MessageType.NBIRTH, NODE, Payload.of(rig.millis(), null, List.of(HostRig.metric("a", 1))));
    rig.send(
        MessageType.NDATA, NODE, Payload.of(rig.millis(), null, List.of(HostRig.byAlias(1, 5))));
    rig.machine.connectionLost("a", "no connection to the broker");
    rig.send(
        MessageType.NDATA, NODE, Payload.of(rig.millis(), null, List.of(HostRig.byAlias(1, 6))));
    assertThat(rig.all(Data.class)).extracting(Data::aliasesVerified).containsExactly(true, false);
    assertThat(rig.all(Missed.class)).hasSize(1);
  }

  @Test
  void aliasesAreNotBelievedAfterAMissingNumberUntilTheDeviceIsBornAgain() {
    rig.nodeBirth(0);
    rig.deviceBirth(1);
    rig.deviceData(3, 30);
    rig.pass(2000);
    rig.deviceBirth(4);
    rig.deviceData(5, 50);
    rig.nodeData(6, 60);
    assertThat(rig.all(Data.class))
        .extracting(Data::aliasesVerified)
        .containsExactly(false, true, false);
  }

  @Test
  void noValueIsReadWithTheAliasesOfTheSessionBeforeWhenTheNumbersMeetTheExpectedOne() {
    rig.nodeBirth(0);
    rig.deviceBirth(1);
    rig.nodeData(2, 20);
    // The births of the next session, numbers 0 and 1, are lost.
    for (int seq = 2; seq < 6; seq++) {
      rig.pass(10);
      rig.nodeData(seq, 100 + seq);
    }
    rig.pass(2000);

    assertThat(rig.values()).containsExactly(20L, 102L, 103L, 104L, 105L);
    assertThat(rig.all(Data.class))
        .extracting(Data::aliasesVerified)
        .containsExactly(true, false, false, false, false);
    assertThat(rig.all(Missed.class).get(0).cause())
        .isEqualTo("the sequence numbers of the edge node began anew without a birth: 2 after 2");
    rig.nodeData(6, 106);
    assertThat(rig.values()).endsWith(106L);
  }

  @Test
  void anAliasWithTheNameOfAnotherMetricTellsThatABirthWasMissed() {
    rig.nodeBirth(0);
    Metric moved =
        Metric.of("count", DataType.INT32, new MetricValue.UntypedInteger(3)).withAlias(1L);
    rig.send(
        MessageType.NDATA,
        NODE,
        Payload.of(rig.millis(), 1L, List.of(moved, HostRig.byAlias(2, 7))));
    assertThat(rig.all(Data.class)).extracting(Data::aliasesVerified).containsExactly(false);
    assertThat(rig.rebirths()).hasSize(1);
  }

  @Test
  void anAliasWithTheNameOfANewMetricTellsThatABirthWasMissed() {
    rig.nodeBirth(0);
    rig.send(
        MessageType.NDATA, NODE, Payload.of(rig.millis(), 1L, List.of(HostRig.metric("new", 1))));
    rig.send(MessageType.NDATA, NODE, Payload.of(rig.millis(), 2L, List.of(HostRig.byAlias(2, 7))));
    assertThat(rig.all(Data.class)).extracting(Data::aliasesVerified).containsExactly(false, false);
    assertThat(rig.rebirths()).hasSize(1);
  }
}
