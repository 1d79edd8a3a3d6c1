// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.testing.FreePorts;
import io.connectot.opcua.client.ClientConfigs;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections leave behind when they cannot be made. */
class UaErrorsTest {
  @TempDir private Path pki;

  @Tag("full")
  @Test
  void leavesNothingOfAThousandFailures() throws Exception {
    String url = "opc.tcp://localhost:" + FreePorts.next();
    DeviceSessions sessions = sessions(ClientConfigs.of(pki), url);
    for (int i = 0; i < 1000; i++) {
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, sessions::open);
      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.status()).contains("Bad_ConnectionRejected");
    }
    awaitNoThreads();
  }

  @Test
  void leavesNothingOfRefusalsAtAnyStage() throws Exception {
    try (PlantServer server =
        PlantServer.start(PlantOptions.DEFAULT.withPolicies(SecurityPolicy.Basic256Sha256))) {
      DeviceSessions untrusted = sessions(ClientConfigs.of(pki), server.url());
      DeviceSessions badPassword =
          sessions(
              ClientConfigs.of(
                  pki,
                  "opcua.trust.auto.accept",
                  "true",
                  "opcua.auth.type",
                  "username",
                  "opcua.auth.username",
                  "nobody"),
              server.url());
      for (int i = 0; i < 10; i++) {
        assertThat(catchThrowableOfType(ProtocolException.class, untrusted::open).status())
            .contains("Bad_CertificateUntrusted");
        assertThat(catchThrowableOfType(ProtocolException.class, badPassword::open).kind())
            .isEqualTo(Kind.CONFIGURATION);
      }
    }
    awaitNoThreads();
  }

  @Test
  void leavesNothingOfLostSessions() throws Exception {
    try (PlantServer server = PlantServer.start(PlantOptions.DEFAULT)) {
      Configuration settings = ClientConfigs.of(pki, "opcua.trust.auto.accept", "true");
      for (int i = 0; i < 5; i++) {
        // Not closed, as it is lost.
        sessions(settings, server.url()).open();
        server.dropConnections();
      }
      UaSession last = sessions(settings, server.url()).open();
      server.stop();
      last.close();
    }
    awaitNoThreads();
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      DeviceSessions sessions =
          sessions(
              ClientConfigs.of(pki, "opcua.connect.timeout.ms", "2000"),
              "opc.tcp://localhost:" + silent.getLocalPort());
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, sessions::open);
      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.status()).contains("Bad_Timeout");
      assertThat(failure)
          .hasMessageContaining("opcua.connect.timeout.ms and opcua.request.timeout.ms");
    }
    awaitNoThreads();
  }

  @Test
  void leavesNothingOfAnAttemptThatIsInterrupted() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      DeviceSessions sessions =
          sessions(ClientConfigs.of(pki), "opc.tcp://localhost:" + silent.getLocalPort());
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread task =
          new Thread(
              () -> end.complete(catchThrowableOfType(Throwable.class, () -> sessions.open())));
      task.start();
      // Somebody connects: the attempt has begun.
      try (Socket connected = silent.accept()) {
        assertThat(connected.isConnected()).isTrue();
        task.interrupt();
        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      }
    }
    awaitNoThreads();
  }

  @Test
  void saysThatAHostIsUnknown() {
    DeviceSessions sessions =
        sessions(ClientConfigs.of(pki), "opc.tcp://no-such-host.invalid:4840");
    ProtocolException failure = catchThrowableOfType(ProtocolException.class, sessions::open);
    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure)
        .hasMessageContaining("no-such-host.invalid")
        .hasMessageContaining("check it on the line of the device");
  }

  private static DeviceSessions sessions(Configuration settings, String url) {
    return new DeviceSessions(settings, new OpcUaDevice(List.of(url)));
  }

  private static void awaitNoThreads() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("connect-ot-opcua-")));
  }
}
