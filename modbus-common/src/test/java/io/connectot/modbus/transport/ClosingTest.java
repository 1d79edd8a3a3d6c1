// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
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
class ClosingTest {
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
    try (Rig rig = Rig.of(transport, Links.settings(1, FOREVER), tls, folder)) {
      rig.server().unit(1).fill(0);
      rig.server().fault(Fault.HANG);
      CompletableFuture<ProtocolException> read = failureOfRead(rig.link());
      Awaitility.await().until(() -> rig.server().counters().requests() == 1);

      rig.link().close();

      assertThat(read.get(30, TimeUnit.SECONDS).status()).isEqualTo("CLOSED");
      assertThat(rig.link().isOpen()).isFalse();

      if (transport != ModbusTransport.RTU_TCP && !transport.isSerial()) {
        // There the unit is left alone until its reply, were it late, would have arrived.
        rig.server().fault(Fault.NONE);
        assertThat(Links.holding(rig.link(), 5)).isEqualTo(5);
      }
    }
  }

  @Test
  void endsAPause() throws Exception {
    LinkSettings patient =
        new LinkSettings(
            FOREVER, FOREVER, 0, Duration.ZERO, FOREVER, Duration.ZERO, false, FOREVER);
    try (Rig rig = Rig.of(ModbusTransport.TCP, patient, tls, folder)) {
      CompletableFuture<ProtocolException> read = failureOfRead(rig.link());
      Awaitility.await().until(() -> rig.server().counters().openConnections() == 1);

      rig.link().close();

      assertThat(read.get(30, TimeUnit.SECONDS).status()).isEqualTo("CLOSED");
      Awaitility.await().until(() -> rig.server().counters().openConnections() == 0);
    }
  }

  private static CompletableFuture<ProtocolException> failureOfRead(ModbusLink link) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            int value = Links.holding(link, 0);
            throw new AssertionError("a hanging device gave " + value);
          } catch (ProtocolException e) {
            return e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
