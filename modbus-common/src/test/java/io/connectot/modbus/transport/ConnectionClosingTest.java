// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.ServerFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing ends whatever the owner waits for, far before its time. */
@Tag("peers")
class ConnectionClosingTest {
  private static final Duration FOREVER = Duration.ofHours(1);

  @TempDir static Path folder;
  private static TestTls tls;

  @BeforeAll
  static void makeCertificates() {
    tls = new TestTls(folder);
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void endsAReadUnderWay(ModbusTransport transport) throws Exception {
    try (ConnectionFixture rig =
        ConnectionFixture.of(transport, TestConnections.settings(1, FOREVER), tls, folder)) {
      rig.server().unit(1).fill(0);
      rig.server().fault(ServerFault.HANG);
      CompletableFuture<ProtocolException> read = failureOfRead(rig.connection());
      Awaitility.await().until(() -> rig.server().counters().requests() == 1);

      rig.connection().close();

      assertThat(read.get(30, TimeUnit.SECONDS).status()).isEqualTo("CLOSED");
      assertThat(rig.connection().isOpen()).isFalse();

      if (transport != ModbusTransport.RTU_TCP && !transport.isSerial()) {
        // There the unit is left alone until its response, were it late, would have arrived.
        rig.server().fault(ServerFault.NONE);
        assertThat(TestConnections.holding(rig.connection(), 5)).isEqualTo(5);
      }
    }
  }

  @Test
  void endsAPause() throws Exception {
    String forever = Long.toString(FOREVER.toMillis());
    Map<String, String> patient =
        Map.of(
            "modbus.connect.timeout.ms", forever,
            "modbus.request.timeout.ms", forever,
            "modbus.request.retries", "0",
            "modbus.pause.after.connect.ms", forever);
    try (ConnectionFixture rig = ConnectionFixture.of(ModbusTransport.TCP, patient, tls, folder)) {
      CompletableFuture<ProtocolException> read = failureOfRead(rig.connection());
      Awaitility.await().until(() -> rig.server().counters().openConnections() == 1);

      rig.connection().close();

      assertThat(read.get(30, TimeUnit.SECONDS).status()).isEqualTo("CLOSED");
      Awaitility.await().until(() -> rig.server().counters().openConnections() == 0);
    }
  }

  private static CompletableFuture<ProtocolException> failureOfRead(ModbusConnection connection) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            int value = TestConnections.holding(connection, 0);
            throw new AssertionError("a hanging device gave " + value);
          } catch (ProtocolException e) {
            return e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
