// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the transfers of one part of an endpoint from session to session, and ends those that
 * lead to nothing. A session that is lost before the response counts against the server. One that
 * is lost between the response and the first message of a transferred subscription may be lost by
 * the network: if the session before it was lost too, the next one transfers again, a few times. If
 * not, the next session makes no request unless transfers worked before, and the second time counts
 * against the server. Thread-safe.
 */
public final class TransferAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(TransferAttempts.class);

  /** Sessions in a row that a failing network may lose after the response. */
  private static final int MAX_LOST = 5;

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

  /** Whether the current session makes no request. */
  private boolean pausing;

  /** Whether a session was lost with nothing to blame a transfer for. */
  private boolean networkFails;

  /** Sessions in a row that were lost after the response. */
  private int lost;

  /** Whether the last session was closed in order, or there was none. */
  private boolean closed = true;

  /**
   * @param memories what is known of the server at a URL
   */
  public TransferAttempts(Function<String, TransferMemory> memories) {
    this.memories = memories;
  }

  /**
   * Judges the last session by what became of it, at the start of the next one.
   *
   * @param serverStart when the server was started, ticks
   * @param currentUrl the server of the session
   */
  public synchronized void begin(long serverStart, String currentUrl) {
    boolean sameServer = currentUrl.equals(url);
    url = currentUrl;
    memory = memories.apply(currentUrl);
    pausing = false;
    if (state != State.NONE && sameServer) {
      if (serverStart != serverStarted) {
        tell(
            memory.vanished(serverStart),
            "the server was restarted after a request to transfer subscriptions");
      } else if (state == State.REQUESTED || isServersFault()) {
        tell(
            memory.failed(serverStart),
            "the connection is lost when subscriptions are transferred");
      } else if (!networkFails && !memory.works()) {
        pausing = true;
        LOG.warn(
            "{}: the connection was lost after a transfer of subscriptions and before their first"
                + " message. This session creates new subscriptions instead; if it happens again,"
                + " the connector makes no further request to this server",
            url);
      }
    }
    if (state == State.NONE && !closed) {
      networkFails = true;
    }
    state = State.NONE;
    closed = false;
    serverStarted = serverStart;
  }

  /** Judges a session that was lost after the response. Called with the lock of this held. */
  private boolean isServersFault() {
    lost++;
    if (networkFails && !memory.isDoubtful()) {
      return lost >= MAX_LOST;
    }
    return !memory.doubt();
  }

  /** Whether the current session may request a transfer. */
  public synchronized boolean mayRequest() {
    return !pausing && areUseful();
  }

  /** Whether later sessions may request a transfer from the server of the current session. */
  public synchronized boolean areUseful() {
    return memory.isUseful(serverStarted);
  }

  /** Whether the server of the current session is known to transfer. */
  public synchronized boolean areKnownToWork() {
    return memory.works();
  }

  /** What is known of the server of the current session. */
  public synchronized TransferMemory memory() {
    return memory;
  }

  /** A transfer is about to be requested. */
  public synchronized void requested() {
    state = State.REQUESTED;
  }

  /** The server answered that it transferred at least one subscription. */
  public synchronized void accepted() {
    state = State.AWAITING_MESSAGE;
  }

  /** The server answered that it transferred nothing, without an objection to transfers. */
  public synchronized void nothing() {
    state = State.NONE;
  }

  /** A transferred subscription published something. */
  public synchronized void settled() {
    if (state != State.NONE) {
      state = State.NONE;
      lost = 0;
      memory.worked();
    }
  }

  /** The connector closes a session that did not fail. */
  public synchronized void closed() {
    state = State.NONE;
    closed = true;
    networkFails = false;
  }

  /**
   * The server does not transfer, or transfers in vain.
   *
   * @param cause for an operator
   */
  public synchronized void failed(String cause) {
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
