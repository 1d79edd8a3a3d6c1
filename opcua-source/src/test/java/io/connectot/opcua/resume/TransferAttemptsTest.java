// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What became of the sessions so far, and whether the next one and those after it request a
 * transfer. Each letter is a session:
 *
 * <ul>
 *   <li>{@code q} is lost between request and response,
 *   <li>{@code a} is lost between response and first message,
 *   <li>{@code m} is lost after the first message,
 *   <li>{@code c} is closed by the connector after the response,
 *   <li>{@code n} transfers nothing,
 *   <li>{@code f} fails with an objection of the server,
 *   <li>{@code -} makes no request and is lost,
 *   <li>{@code T} is a new task on the same worker,
 *   <li>{@code R} is a restart of the server.
 * </ul>
 */
class TransferAttemptsTest {
  private final TransferMemory memory = new TransferMemory();
  private TransferAttempts attempts = new TransferAttempts(url -> memory);
  private long serverStart = 1;

  @ParameterizedTest
  @CsvSource({
    "'',     true,  true",
    "m,      true,  true",
    "c,      true,  true",
    "n,      true,  true",
    // Never without a reason again.
    "q,      false, false",
    "f,      false, false",
    "q-T,    false, false",
    "fT,     false, false",
    // The server was restarted meanwhile: by the request, it seems.
    "qR,     false, false",
    "aR,     false, false",
    "qR-TR,  false, false",
    "aR-TR,  false, false",
    // A restart that has nothing to do with a request may have changed the server.
    "f-R,    true,  true",
    "mR,     true,  true",
    // Lost after the response: once it may be the network.
    "a,      false, true",
    "a-,     true,  true",
    "a-T,    true,  true",
    "a-a,    false, false",
    "a-Ta,   false, false",
    "a-n-a,  false, false",
    "a-ma,   true,  true",
    "a-Tma,  true,  true",
    // Transfers have worked, or a connection was lost without one: the network it is, for a while.
    "ma,     true,  true",
    "maa,    true,  true",
    "mama,   true,  true",
    "ma-Ta,  true,  true",
    "mTa-Ta, false, false",
    "-a,     true,  true",
    "-aaaa,  true,  true",
    "-aaaaa, false, false",
    "-Ta,    false, true",
    "-ca,    false, true",
  })
  void decidesWhetherToRequestATransfer(String sessions, boolean next, boolean later) {
    sessions.chars().forEach(session -> run((char) session));
    attempts.begin(serverStart, "opc.tcp://plant");

    assertThat(attempts.mayRequest()).as("the next session").isEqualTo(next);
    assertThat(attempts.areUseful()).as("later sessions").isEqualTo(later);
  }

  private void run(char session) {
    if (session == 'T') {
      attempts = new TransferAttempts(url -> memory);
      return;
    }
    if (session == 'R') {
      serverStart++;
      return;
    }
    attempts.begin(serverStart, "opc.tcp://plant");
    if (session == '-') {
      return;
    }
    attempts.requested();
    switch (session) {
      case 'q' -> {
        // No response.
      }
      case 'a' -> attempts.accepted();
      case 'm' -> {
        attempts.accepted();
        attempts.settled();
      }
      case 'c' -> {
        attempts.accepted();
        attempts.closed();
      }
      case 'n' -> attempts.nothing();
      case 'f' -> attempts.failed("it refuses");
      default -> throw new IllegalArgumentException("unknown session " + session);
    }
  }

  @ParameterizedTest
  @CsvSource({"q", "a"})
  void doesNotCountAgainstAnotherServer(char session) {
    run(session);
    TransferMemory other = new TransferMemory();
    attempts = new TransferAttempts(url -> url.endsWith("plant") ? memory : other);
    run(session);

    attempts.begin(7, "opc.tcp://other");

    assertThat(attempts.mayRequest()).isTrue();
  }
}
