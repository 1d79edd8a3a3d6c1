// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the transfers of one part of an endpoint from session to session, and ends those that
 * lead to nothing: a session that is lost between the request and the first message of a
 * transferred subscription counts against the server. Thread-safe.
 */
final class TransferAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(TransferAttempts.class);

  /** Sessions in a row that may be lost after the response: a failing network looks the same. */
  private static final int MAX_LOST = 6;

  /** How far the transfer of the current session is. */
  private enum State {
    /** None was requested, or it is settled. */
    NONE,
    /** Requested, without a response. */
    REQUESTED,
    /** The server agreed, and nothing was published yet. */
    AWAITING_MESSAGE
  }

  /** What is known of the server at a URL. */
  private final Function<String, TransferMemory> memories;

  /** All guarded by this; of the server of the current session. */
  private TransferMemory memory = new TransferMemory();

  private String url = "";

  private State state = State.NONE;

  /** When the server of the current session was started, ticks. */
  private long serverStarted;

  private int lost;

  /**
   * @param memories what is known of the server at a URL
   */
  TransferAttempts(Function<String, TransferMemory> memories) {
    this.memories = memories;
  }

  /**
   * Judges the last session by what became of it, at the start of the next one.
   *
   * @param serverStart when the server was started, ticks
   * @param currentUrl the server of the session
   */
  synchronized void begin(long serverStart, String currentUrl) {
    boolean sameServer = currentUrl.equals(url);
    url = currentUrl;
    memory = memories.apply(currentUrl);
    if (state != State.NONE && sameServer) {
      lost++;
      if (serverStart != serverStarted) {
        tell(
            memory.vanished(serverStart),
            "the server was restarted after a request to transfer subscriptions");
      } else if (state == State.REQUESTED || lost >= MAX_LOST) {
        tell(
            memory.failed(serverStart),
            "the connection is lost when subscriptions are transferred");
      }
    }
    state = State.NONE;
    serverStarted = serverStart;
  }

  /** Whether to request a transfer from the server of the current session. */
  synchronized boolean areUseful() {
    return memory.isUseful(serverStarted);
  }

  /** Whether the server of the current session is known to transfer. */
  synchronized boolean areKnownToWork() {
    return memory.works();
  }

  /** What is known of the server of the current session. */
  synchronized TransferMemory memory() {
    return memory;
  }

  /** A transfer is about to be requested. */
  synchronized void requested() {
    state = State.REQUESTED;
  }

  /** The server answered that it transferred at least one subscription. */
  synchronized void accepted() {
    state = State.AWAITING_MESSAGE;
  }

  /** The server answered that it transferred nothing, without an objection to transfers. */
  synchronized void nothing() {
    state = State.NONE;
  }

  /** A transferred subscription published something. */
  synchronized void settled() {
    if (state != State.NONE) {
      state = State.NONE;
      lost = 0;
      memory.worked();
    }
  }

  /** The connector closes a session that is not lost. */
  synchronized void closed() {
    state = State.NONE;
  }

  /**
   * The server does not transfer, or transfers in vain.
   *
   * @param cause for an operator
   */
  synchronized void failed(String cause) {
    state = State.NONE;
    tell(memory.failed(serverStarted), cause);
  }

  /** Called with the lock of this held. */
  private void tell(boolean news, String cause) {
    if (news) {
      LOG.warn(
          "{} does not transfer subscriptions: {}. From now on the connector creates new ones:"
              + " values that the server queued while the connector was away are lost unless they"
              + " are in its history. Set opcua.resume.mode=history to never request a transfer",
          url,
          cause);
    }
  }
}
