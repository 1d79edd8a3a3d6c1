// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * A link on which a reply never becomes the value of another request. Every reply is verified
 * whole; after anything else than a proper reply or refusal the connection is given up, or, where
 * it is a serial line, drained until it is silent.
 */
final class VerifiedLink implements ModbusLink {
  private final ChannelOpener opener;
  private final Duration requestTimeout;
  private final Pacer pacer;
  private final OwedReplies owed;
  private final CloseGuard guard;
  private final LinkClock clock;
  private volatile Channel channel; // written by the owner's thread
  private boolean answered; // owner's thread: by any unit, on this channel
  private boolean suspect; // owner's thread: late replies may be on the way
  private int transaction; // owner's thread

  VerifiedLink(ChannelOpener opener, Duration requestTimeout, Pacer pacer, LinkClock clock) {
    this.opener = opener;
    this.requestTimeout = requestTimeout;
    this.pacer = pacer;
    this.owed = new OwedReplies(requestTimeout, clock);
    this.guard = new CloseGuard(clock);
    this.clock = clock;
  }

  @Override
  public void open() throws ProtocolException {
    try {
      connect(guard.begin());
    } catch (LinkClosedException e) {
      throw ConnectFailure.closed(opener.endpoint(), e);
    }
  }

  @Override
  public byte[] read(int unit, Table table, int address, int quantity)
      throws ModbusExceptionReply, ProtocolException {
    transaction = (transaction + 1) & 0xFFFF;
    ReadRequest request = new ReadRequest(transaction, unit, table, address, quantity);
    CloseGuard.Call call = guard.begin();
    try {
      connect(call);
      boolean served = answered;
      try {
        return exchange(request, call);
      } catch (IOException e) {
        giveUp(request);
        if (!served || !isLoss(e) || call.isClosed()) {
          throw e;
        }
        // Devices close idle connections; that is no failure of theirs.
        connect(call);
        return exchange(request, call);
      }
    } catch (IOException e) {
      giveUp(request);
      throw failure(request, call, e);
    }
  }

  private byte[] exchange(ReadRequest request, CloseGuard.Call call)
      throws IOException, ModbusExceptionReply {
    Channel open = channel;
    boolean serial = !opener.framing().hasTransaction();
    if (serial) {
      call.sleep(owed.waitBefore(request));
      if (suspect) {
        open.drain(call);
      }
    }
    suspect = false;
    pacer.beforeRequest(call);
    try {
      byte[] data = open.exchange(request, Deadline.in(requestTimeout, clock));
      answered = true;
      return data;
    } catch (ModbusExceptionReply e) {
      answered = true;
      throw e;
    } finally {
      pacer.afterRequest();
    }
  }

  private void connect(CloseGuard.Call call) throws ProtocolException, LinkClosedException {
    Channel open = channel;
    if (open != null && open.isOpen()) {
      return;
    }
    answered = false;
    channel = opener.open(call);
    pacer.connected(call);
  }

  /** Makes sure that no late reply to {@code request} is taken for another. */
  private void giveUp(ReadRequest request) {
    owed.unanswered(request);
    suspect = true;
    Channel open = channel;
    if (open == null || (open.survivesFailure() && open.isOpen())) {
      return;
    }
    CloseGuard.closeQuietly(open);
    channel = null;
    opener.channelGivenUp(answered);
  }

  private static boolean isLoss(IOException e) {
    return !(e instanceof SocketTimeoutException
        || e instanceof BadReplyException
        || e instanceof PortUnreachableException
        || e instanceof LinkClosedException);
  }

  private ProtocolException failure(ReadRequest request, CloseGuard.Call call, IOException e) {
    String endpoint = opener.endpoint();
    if (call.isClosed() || e instanceof LinkClosedException) {
      return ConnectFailure.closed(endpoint, e);
    }
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

  @Override
  public String endpoint() {
    return opener.endpoint();
  }

  @Override
  public boolean isOpen() {
    Channel open = channel;
    return open != null && open.isOpen();
  }

  @Override
  public void close() {
    guard.close();
  }
}
