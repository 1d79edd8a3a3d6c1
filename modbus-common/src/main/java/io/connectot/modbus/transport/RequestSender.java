// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.transport.channel.ChannelOpener;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectFailure;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import io.connectot.modbus.transport.channel.FrameChannel;
import io.connectot.modbus.transport.frame.InvalidResponseException;
import io.connectot.modbus.transport.frame.IoDeadline;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.ReadRequest;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Sends single requests and connects when necessary. Ensures that a response is never taken for the
 * response to another request: after any failure other than an exception response the connection is
 * closed or, if it is a serial port, drained until it is silent. For the owner's thread, except
 * {@link #isOpen} and {@link #endpoint}.
 */
final class RequestSender {
  private final ChannelOpener opener;
  private final Duration requestTimeout;
  private final RequestPacer pacer;
  private final OutstandingResponses outstanding;
  private final Clock clock;
  private volatile FrameChannel channel; // written by the owner's thread
  private boolean answered; // by any unit, on this channel
  private boolean drainNeeded; // bytes of an earlier response may arrive
  private int transaction;

  RequestSender(ChannelOpener opener, Duration requestTimeout, RequestPacer pacer, Clock clock) {
    this.opener = opener;
    this.requestTimeout = requestTimeout;
    this.pacer = pacer;
    // So a response may take up to three times the request timeout without harm.
    this.outstanding = new OutstandingResponses(requestTimeout.multipliedBy(2), clock);
    this.clock = clock;
  }

  /** Connects if there is no connection, or if it is time to return from the backup. */
  void connect(CloseGuard.Call call) throws ProtocolException, ConnectionClosedException {
    FrameChannel open = channel;
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

  /** Sends a request once, or twice if a connection on which a unit had answered is lost. */
  byte[] send(ReadRequest request, CloseGuard.Call call)
      throws ModbusExceptionResponse, ProtocolException, ConnectionClosedException {
    connect(call);
    boolean hadAnswered = answered;
    try {
      return transact(request, call);
    } catch (IOException e) {
      if (!hadAnswered || !isLoss(e, call)) {
        throw failure(request, call, e);
      }
    }
    // Devices close idle connections; that is not a failure.
    connect(call);
    try {
      return transact(request, call);
    } catch (IOException e) {
      throw failure(request, call, e);
    }
  }

  private byte[] transact(ReadRequest request, CloseGuard.Call call)
      throws IOException, ModbusExceptionResponse {
    FrameChannel open = channel;
    if (!open.hasTransactionIds()) {
      call.sleep(outstanding.waitBefore(request.unit()));
    }
    try {
      if (drainNeeded) {
        open.drain(call);
        drainNeeded = false;
      }
      pacer.beforeRequest(call);
      transaction = (transaction + 1) & 0xFFFF;
      byte[] data =
          open.transact(request.withTransaction(transaction), IoDeadline.in(requestTimeout, clock));
      answered = true;
      return data;
    } catch (ModbusExceptionResponse e) {
      answered = true;
      throw e;
    } catch (IOException e) {
      giveUp(open, request);
      throw e;
    } finally {
      pacer.afterRequest();
    }
  }

  /** Ensures that a late response to {@code request} is not taken for another. */
  private void giveUp(FrameChannel open, ReadRequest request) {
    if (!open.hasTransactionIds()) {
      outstanding.unanswered(request.unit());
      drainNeeded = true;
    }
    if (!open.reusableAfterFailure() || !open.isOpen()) {
      CloseGuard.closeQuietly(open);
      channel = null;
      opener.channelGivenUp(answered);
    }
  }

  private static boolean isLoss(IOException e, CloseGuard.Call call) {
    return !(call.isClosed()
        || e instanceof SocketTimeoutException
        || e instanceof InvalidResponseException
        || e instanceof PortUnreachableException
        || e instanceof ConnectionClosedException);
  }

  private ProtocolException failure(ReadRequest request, CloseGuard.Call call, IOException e)
      throws ConnectionClosedException {
    if (call.isClosed() || e instanceof ConnectionClosedException) {
      throw new ConnectionClosedException();
    }
    String endpoint = opener.endpoint();
    if (e instanceof PortUnreachableException) {
      return ConnectFailure.of(endpoint, e);
    }
    if (e instanceof SSLException && !answered) {
      // With TLS 1.3 the device rejects a client certificate after the handshake.
      return ConnectFailure.ofHandshake(endpoint, e);
    }
    String where = endpoint + " unit " + request.unit() + " " + request.describe() + ": ";
    if (e instanceof SocketTimeoutException) {
      return deviceFailure(
          "TIMEOUT",
          where
              + "no complete response within "
              + requestTimeout.toMillis()
              + " ms; check that the unit exists, or raise the request timeout",
          e);
    }
    if (e instanceof InvalidResponseException) {
      return deviceFailure("BAD_REPLY", where + "invalid response: " + e.getMessage(), e);
    }
    return deviceFailure("CONNECTION_LOST", where + "connection lost: " + e.getMessage(), e);
  }

  private static ProtocolException deviceFailure(String status, String message, IOException cause) {
    return new ProtocolException(Kind.TRANSIENT, Scope.DEVICE, status, message, cause);
  }

  String endpoint() {
    return opener.endpoint();
  }

  boolean isOpen() {
    FrameChannel open = channel;
    return open != null && open.isOpen();
  }
}
