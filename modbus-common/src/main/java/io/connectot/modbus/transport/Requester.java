// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Sends single requests over a connection that it makes as needed, and sees to it that a reply
 * never becomes the value of another request. After anything else than a proper reply or refusal
 * the connection is closed or, where it is a serial port, drained until it is silent. For the
 * owner's thread, but {@link #isOpen} and {@link #endpoint}.
 */
final class Requester {
  private final ChannelOpener opener;
  private final Duration requestTimeout;
  private final Pacer pacer;
  private final OwedReplies owed;
  private final LinkClock clock;
  private volatile Channel channel; // written by the owner's thread
  private boolean answered; // by any unit, on this channel
  private boolean suspect; // something else than proper replies may be on the line
  private int transaction;

  Requester(ChannelOpener opener, Duration requestTimeout, Pacer pacer, LinkClock clock) {
    this.opener = opener;
    this.requestTimeout = requestTimeout;
    this.pacer = pacer;
    // A reply that takes up to three times as long as allowed does no harm.
    this.owed = new OwedReplies(requestTimeout.multipliedBy(2), clock);
    this.clock = clock;
  }

  /** Connects when there is no connection, or when it is time to leave the backup. */
  void connect(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    Channel open = channel;
    if (open != null && open.isOpen()) {
      if (!opener.isReturnDue()) {
        return;
      }
      CloseGuard.closeQuietly(open);
    }
    channel = null;
    answered = false;
    channel = opener.open(call);
    pacer.connected(call);
  }

  /** Sends a request once, or twice when a connection that had served turns out to be lost. */
  byte[] send(ReadRequest request, CloseGuard.Call call)
      throws ModbusExceptionReply, ProtocolException, LinkClosedException {
    connect(call);
    boolean served = answered;
    try {
      return exchange(request, call);
    } catch (IOException e) {
      if (!served || !isLoss(e, call)) {
        throw failure(request, call, e);
      }
    }
    // Devices close idle connections; that is no failure of theirs.
    connect(call);
    try {
      return exchange(request, call);
    } catch (IOException e) {
      throw failure(request, call, e);
    }
  }

  private byte[] exchange(ReadRequest request, CloseGuard.Call call)
      throws IOException, ModbusExceptionReply {
    Channel open = channel;
    if (!open.numbersReplies()) {
      call.sleep(owed.waitBefore(request.unit()));
    }
    try {
      if (suspect) {
        open.drain(call);
        suspect = false;
      }
      pacer.beforeRequest(call);
      transaction = (transaction + 1) & 0xFFFF;
      byte[] data =
          open.exchange(request.numbered(transaction), Deadline.in(requestTimeout, clock));
      answered = true;
      return data;
    } catch (ModbusExceptionReply e) {
      answered = true;
      throw e;
    } catch (IOException e) {
      giveUp(open, request);
      throw e;
    } finally {
      pacer.afterRequest();
    }
  }

  /** Makes sure that no late reply to {@code request} is taken for another. */
  private void giveUp(Channel open, ReadRequest request) {
    if (!open.numbersReplies()) {
      owed.unanswered(request.unit());
      suspect = true;
    }
    if (!open.survivesFailure() || !open.isOpen()) {
      CloseGuard.closeQuietly(open);
      channel = null;
      opener.channelGivenUp(answered);
    }
  }

  private static boolean isLoss(IOException e, CloseGuard.Call call) {
    return !(call.isClosed()
        || e instanceof SocketTimeoutException
        || e instanceof BadReplyException
        || e instanceof PortUnreachableException
        || e instanceof LinkClosedException);
  }

  private ProtocolException failure(ReadRequest request, CloseGuard.Call call, IOException e)
      throws LinkClosedException {
    if (call.isClosed() || e instanceof LinkClosedException) {
      throw new LinkClosedException();
    }
    String endpoint = opener.endpoint();
    if (e instanceof PortUnreachableException) {
      return ConnectFailure.of(endpoint, e);
    }
    if (e instanceof SSLException && !answered) {
      // With TLS 1.3 the device's verdict on our certificate arrives after the handshake.
      return ConnectFailure.ofHandshake(endpoint, e);
    }
    String where = endpoint + " unit " + request.unit() + " " + request.describe() + ": ";
    if (e instanceof SocketTimeoutException) {
      return deviceFailure(
          "TIMEOUT",
          where
              + "no whole reply within "
              + requestTimeout.toMillis()
              + " ms; check that the unit is there, or raise the request timeout",
          e);
    }
    if (e instanceof BadReplyException) {
      return deviceFailure(
          "BAD_REPLY", where + "what arrived is not the reply: " + e.getMessage(), e);
    }
    return deviceFailure(
        "CONNECTION_LOST", where + "the connection was lost: " + e.getMessage(), e);
  }

  private static ProtocolException deviceFailure(String status, String message, IOException cause) {
    return new ProtocolException(Kind.TRANSIENT, Scope.DEVICE, status, message, cause);
  }

  String endpoint() {
    return opener.endpoint();
  }

  boolean isOpen() {
    Channel open = channel;
    return open != null && open.isOpen();
  }
}
