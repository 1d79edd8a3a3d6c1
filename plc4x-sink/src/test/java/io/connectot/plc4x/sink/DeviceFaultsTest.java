// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import static io.connectot.plc4x.sink.TypedValues.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsServer;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import io.connectot.plc4x.testing.S7Controller;
import io.connectot.plc4x.testing.TcpPeer;
import io.connectot.plc4x.testing.TcpPeer.Fault;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a write whose answer is late, missing, cut off or without a meaning. */
class DeviceFaultsTest {
  private static final int TIMEOUT = 700;

  private TcpPeer peer;
  private String url;
  private String line;

  /** How many writes the device has carried out. */
  private IntSupplier written;

  @AfterEach
  void stop() throws Exception {
    peer.close();
  }

  private void start(String driver) throws Exception {
    switch (driver) {
      case "ads" -> {
        AdsProgram program = new AdsProgram(4096);
        int offset = program.symbol("MAIN.speed", "DINT", 4);
        AdsServer server = new AdsServer(program);
        use(server, server.url(), "MAIN.speed", () -> server.written(offset).size());
      }
      case "s7-light" -> {
        S7Controller controller = new S7Controller(240);
        controller.block(1, new byte[8]);
        use(controller, controller.url(), "%DB1.DBD0:DINT", () -> controller.written(1).size());
      }
      default -> {
        LogixTags tags = new LogixTags().addDint("speed", 0);
        LogixServer server = new LogixServer(tags, driver.equals("logix"));
        use(server, server.url(driver), "speed:DINT", () -> tags.written("speed").size());
      }
    }
  }

  private void use(TcpPeer started, String itsUrl, String itsLine, IntSupplier itsWrites) {
    peer = started;
    url = itsUrl;
    line = itsLine;
    written = itsWrites;
  }

  static Stream<Arguments> faults() {
    return Stream.of("ads", "eip", "logix", "s7-light")
        .flatMap(
            driver ->
                Stream.of(Fault.SILENT, Fault.GARBAGE, Fault.TRUNCATED, Fault.CLOSES)
                    .map(fault -> Arguments.of(driver, fault)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isUnknownAndNotSentAgain(String driver, Fault fault) throws Exception {
    start(driver);
    try (SinkClient client = new SinkClient(url, line, TIMEOUT)) {
      int before = peer.requests();
      peer.set(fault);

      assertThat(client.write(number(5)))
          .isInstanceOfSatisfying(
              WriteOutcome.Unknown.class,
              unknown -> {
                assertThat(unknown.status()).isNotBlank();
                assertThat(unknown.text()).contains("not known");
              });

      assertThat(client.lost()).hasSize(1);
      assertThatThrownBy(() -> client.write(number(6))).isInstanceOf(ProtocolException.class);
      assertThat(peer.requests() - before).isEqualTo(1);
      assertThat(written.getAsInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ads", "eip", "logix", "s7-light"})
  void takesNoLateAnswerForThatOfTheNextWrite(String driver) throws Exception {
    start(driver);
    try (SinkClient client = new SinkClient(url, line, TIMEOUT)) {
      peer.setNext(Fault.LATE);
      assertThat(client.write(number(5))).isInstanceOf(WriteOutcome.Unknown.class);
      peer.set(Fault.SILENT);
      try (SinkClient next = new SinkClient(url, line, TIMEOUT)) {
        peer.sendKept();
        assertThat(next.write(number(6))).isInstanceOf(WriteOutcome.Unknown.class);
      }
      peer.set(Fault.NONE);
      try (SinkClient next = new SinkClient(url, line)) {
        assertThat(next.write(number(7))).isEqualTo(WriteOutcome.Done.ACCEPTED);
        assertThat(next.read().value()).isEqualTo(number(7));
      }
      assertThat(written.getAsInt()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ads", "eip", "logix", "s7-light"})
  void isNotSentOverAConnectionThatIsLost(String driver) throws Exception {
    start(driver);
    try (SinkClient client = new SinkClient(url, line, TIMEOUT)) {
      peer.unplug();
      await().until(() -> !client.isConnected());

      assertThatThrownBy(() -> client.write(number(5))).isInstanceOf(ProtocolException.class);
      assertThat(client.lost()).hasSize(1);
      assertThat(written.getAsInt()).isZero();
    }
  }
}
