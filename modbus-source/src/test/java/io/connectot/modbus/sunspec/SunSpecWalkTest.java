// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sunspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.FakeConnection;
import org.junit.jupiter.api.Test;

/** The chain of models of SunSpec devices that do not end it as specified. */
class SunSpecWalkTest {
  private final FakeConnection connection = new FakeConnection();

  SunSpecWalkTest() {
    connection.holding(40000, 0x5375).holding(40001, 0x6E53);
    connection.holding(40002, 1).holding(40003, 66);
    connection.holding(40070, 103).holding(40071, 50);
  }

  @Test
  void endsAtItsMark() throws Exception {
    connection.holding(40122, 0xFFFF);
    assertChain();
    assertThat(connection.takeRequests()).hasSizeLessThan(10);
  }

  @Test
  void endsWhereTheDeviceRejectsTheNextRegister() throws Exception {
    connection.hole(1, 40122, 40123);
    assertChain();
  }

  @Test
  void endsWhereTheDeviceDoesNotAnswer() throws Exception {
    connection.hole(1, 40122, 40123).holesAreSilent();
    assertChain();
  }

  @Test
  void endsWhereThereIsNoModel() throws Exception {
    connection.holding(40122, 0).holding(40123, 0);
    assertChain();
    assertThat(connection.takeRequests()).hasSizeLessThan(10);
  }

  /** A device that is lost in the middle of the walk has other models too. */
  @Test
  void aDeviceThatIsLostFailsTheWalk() {
    connection.silentFrom(5);
    assertThatThrownBy(() -> new SunSpecWalk(connection, 1).models())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("did not answer");
  }

  @Test
  void namesTheUnitsThatSuchDevicesHave() {
    FakeConnection other = new FakeConnection();
    assertThatThrownBy(() -> new SunSpecWalk(other, 1).models())
        .hasMessageContaining("unit 1")
        .hasMessageContaining("126");
  }

  private void assertChain() throws Exception {
    assertThat(new SunSpecWalk(connection, 1).models())
        .containsEntry(1, 40002)
        .containsEntry(103, 40070)
        .hasSize(2);
  }
}
