// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import io.connectot.plc4x.config.ConnectionString;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.testing.DriverResources;
import io.connectot.plc4x.testing.MisbehavingPeer;
import io.connectot.plc4x.testing.MisbehavingPeer.Manners;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real drivers leave behind when a PLC is away or behaves badly. */
@Tag("full")
@Isolated("Other tests have threads and buffers, too.")
class DriversUnderFaultsTest {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private static Plc4xPollingSession session(String url, Duration connectTimeout) throws Exception {
    RequestSettings settings =
        new RequestSettings(connectTimeout, Duration.ofSeconds(2), 20, 3, Duration.ofMinutes(5));
    DriverRegistry drivers = Plc4xDriverRegistry.shared();
    Plc4xDevice device = new Plc4xDevice(ConnectionString.parse(url), null);
    return new Plc4xPollingSession(
        new ManagedConnection(drivers, device, connectTimeout),
        new ReadItemPlanner(drivers, device.url().driver(), 0),
        settings,
        Clock.SYSTEM);
  }

  private static String url(String driver, String host) {
    return driver
        + "://"
        + host
        + (driver.startsWith("ads")
            ? "?target-ams-net-id=1.2.3.4.1.1&target-ams-port=851"
                + "&source-ams-net-id=1.2.3.5.1.1&source-ams-port=32000"
            : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s7", "s7-light", "ads", "eip", "logix", "ab-eth:tcp", "modbus-tcp"})
  void leavesNothingBehindOfConnectionsToASilentPeer(String driver) throws Exception {
    List<String> before = DriverResources.driverThreads();
    try (MisbehavingPeer peer = new MisbehavingPeer(Manners.SILENT)) {
      Plc4xPollingSession session = session(url(driver, peer.host()), Duration.ofMillis(500));
      for (int attempt = 0; attempt < 5; attempt++) {
        try {
          session.connect();
        } catch (ProtocolException e) {
          assertThat(e.kind()).isEqualTo(ProtocolException.Kind.TRANSIENT);
        }
      }
      session.close();
      await()
          .atMost(A_MINUTE)
          .untilAsserted(() -> assertThat(peer.open()).as("open connections").isZero());
    }
    awaitThreads(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s7", "s7-light", "ads", "eip"})
  void leavesNothingBehindOfConnectionsThatFail(String driver) throws Exception {
    List<String> before = DriverResources.driverThreads();
    for (Manners manners : List.of(Manners.GARBAGE, Manners.CUTS_OFF)) {
      try (MisbehavingPeer peer = new MisbehavingPeer(manners)) {
        Plc4xPollingSession session = session(url(driver, peer.host()), Duration.ofMillis(500));
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThatThrownBy(session::connect).isInstanceOf(ProtocolException.class);
        }
        session.close();
      }
    }
    awaitThreads(before);
  }

  /** Ten minutes at one attempt a second, without the seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"s7", "s7-light", "ads", "eip", "modbus-tcp"})
  void holdsNoMoreAfterTenMinutesWithoutThePlc(String driver) throws Exception {
    String away;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      away = "127.0.0.1:" + socket.getLocalPort();
    }
    Plc4xPollingSession session = session(url(driver, away), Duration.ofSeconds(10));
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThatThrownBy(session::connect).isInstanceOf(ProtocolException.class);
    }
    List<String> threads = DriverResources.driverThreads();
    long files = DriverResources.openFiles();
    long heap = DriverResources.usedHeap();

    for (int attempt = 0; attempt < 600; attempt++) {
      assertThatThrownBy(session::connect)
          .isInstanceOfSatisfying(
              ProtocolException.class, e -> assertThat(e.status()).isEqualTo("NO_CONNECTION"));
    }

    awaitThreads(threads);
    assertThat(DriverResources.openFiles()).isLessThanOrEqualTo(files + 5);
    await()
        .atMost(A_MINUTE)
        .untilAsserted(
            () -> assertThat(DriverResources.usedHeap()).isLessThan(heap + 4 * 1024 * 1024));
    session.close();
  }

  @Test
  void doesNotReachTheDriverWhileTheHostIsAway() throws Exception {
    Plc4xPollingSession session = session("s7://127.0.0.1:1", Duration.ofSeconds(10));

    assertThatThrownBy(session::connect)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("127.0.0.1:1");

    assertThat(DriverResources.driverThreads()).noneMatch(name -> name.startsWith("plc4x-s7ha"));
  }

  private static void awaitThreads(List<String> before) {
    await()
        .atMost(A_MINUTE)
        .untilAsserted(
            () -> {
              List<String> more = new ArrayList<>(DriverResources.driverThreads());
              before.forEach(more::remove);
              assertThat(more).as("threads that were not there before").isEmpty();
            });
  }
}
