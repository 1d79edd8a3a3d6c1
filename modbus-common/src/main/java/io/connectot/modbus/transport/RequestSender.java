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
import io.connectot.modbus.transport.frame.NotSentException;
import io.connectot.modbus.transport.frame.Request;
import io.connectot.modbus.transport.frame.ResponseShape;
import io.connectot.modbus.transport.frame.StrayBytes;
import io.connectot.modbus.transport.frame.WriteRequest;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Sends single requests and connects when necessary. Ensures that a response is never taken for the
 * response to another request: after any failure other than an exception response the connection is
 * closed or, if it is a serial port, drained until it is silent. For the owner's thread, except
 * {@link #isOpen} and {@link #endpoint}.
 */
final class RequestSender {
  private static final String PAUSE_HINT =
      "; a device that ignores requests right after a connection needs"
          + " modbus.pause.after.connect.ms";

  private final ChannelOpener opener;
  private final boolean onlyMaster;
  private final Duration requestTimeout;
  private final RequestPacer pacer;
  private final OutstandingResponses outstanding;
  private final Clock clock;
  private volatile FrameChannel channel; // written by the owner's thread
  private boolean answered; // by any unit, on this channel
  private boolean drainNeeded; // bytes of an earlier response may arrive
  private int transaction;
  private final StrayBytes strayBytes = new StrayBytes();
  private long lastLatencyNanos; // from the last request to its response

  /**
   * @param onlyMaster whether no other master uses the line, so that stray bytes can only be late
   *     responses
   */
  RequestSender(
      ChannelOpener opener,
      boolean onlyMaster,
      Duration requestTimeout,
      RequestPacer pacer,
      Clock clock) {
    this.opener = opener;
    this.onlyMaster = onlyMaster;
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
  byte[] send(Request request, CloseGuard.Call call)
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

  /**
   * Sends a write once.
   *
   * @throws ProtocolException when nothing was sent
   * @throws UnansweredWriteException when it was sent, and not answered properly
   */
  void write(WriteRequest request, CloseGuard.Call call)
      throws ModbusExceptionResponse,
          ProtocolException,
          ConnectionClosedException,
          UnansweredWriteException {
    connect(call);
    try {
      transact(request, call);
      return;
    } catch (NotSentException e) {
      // Devices close idle connections; nothing was sent.
    } catch (IOException e) {
      throw new UnansweredWriteException(writeFailure(request, call, e));
    }
    connect(call);
    try {
      transact(request, call);
    } catch (NotSentException e) {
      throw failure(request, call, e);
    } catch (IOException e) {
      throw new UnansweredWriteException(writeFailure(request, call, e));
    }
  }

  /** As {@link #failure}, also when the connection was closed from this side. */
  private ProtocolException writeFailure(Request request, CloseGuard.Call call, IOException e) {
    try {
      return failure(request, call, e);
    } catch (ConnectionClosedException closed) {
      return ConnectFailure.closed(endpoint(), closed);
    }
  }

  private byte[] transact(Request request, CloseGuard.Call call)
      throws IOException, ModbusExceptionResponse {
    FrameChannel open = channel;
    if (!open.hasTransactionIds()) {
      call.sleep(outstanding.waitBefore(request.unit()));
    }
    try {
      prepare(open, call);
      transaction = (transaction + 1) & 0xFFFF;
      byte[] data = transact(open, request.withTransaction(transaction));
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

  private void prepare(FrameChannel open, CloseGuard.Call call) throws IOException {
    try {
      if (drainNeeded) {
        open.drain(call);
        drainNeeded = false;
      }
      pacer.beforeRequest(call);
    } catch (ConnectionClosedException | InvalidResponseException e) {
      throw e;
    } catch (IOException e) {
      throw new NotSentException(e);
    }
  }

  private byte[] transact(FrameChannel open, Request request)
      throws IOException, ModbusExceptionResponse {
    if (onlyMaster) {
      refuseUnasked(open);
    }
    long sent = clock.tick();
    byte[] data;
    try {
      data = open.transact(request, IoDeadline.in(requestTimeout, clock));
    } finally {
      lastLatencyNanos = clock.tick() - sent;
      open.takeStrayBytes(strayBytes);
    }
    if (onlyMaster && strayBytes.count() >= LineGuard.SHORTEST_FRAME) {
      throw new InvalidResponseException("more than one response arrived; one of them may be late");
    }
    return data;
  }

  /** On a bus bytes before a request are noise; on a connection, the rest of a response. */
  private void refuseUnasked(FrameChannel open) throws IOException {
    open.listen(Duration.ZERO);
    strayBytes.reset();
    open.takeStrayBytes(strayBytes);
    int unasked = strayBytes.count();
    strayBytes.reset();
    if (unasked > 0 && !open.reusableAfterFailure()) {
      throw new NotSentException(
          new IOException("the device sent " + unasked + " bytes without a request"));
    }
  }

  /** Ensures that a late response to {@code request} is not taken for another. */
  private void giveUp(FrameChannel open, Request request) {
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

  private ProtocolException failure(Request request, CloseGuard.Call call, IOException e)
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
              + " ms; check that the unit exists, or raise the request timeout"
              + (answered ? "" : PAUSE_HINT),
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

  /** The failure of a request that was never answered without other bytes on the line. */
  ProtocolException doubt(Request request) {
    return deviceFailure(
        "FOREIGN_RESPONSES",
        endpoint()
            + " unit "
            + request.unit()
            + " "
            + request.describe()
            + ": "
            + LineGuard.FOREIGN
            + "; give every master a line of its own, poll less often, give the masters different"
            + " modbus.block.max.registers, so that responses differ, or raise"
            + " modbus.request.timeout.ms if the device answers late",
        null);
  }

  /** Takes what arrives within a duration as stray bytes. */
  void listen(Duration duration, CloseGuard.Call call) throws ConnectionClosedException {
    FrameChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      open.listen(duration);
    } catch (IOException e) {
      if (call.isClosed()) {
        throw new ConnectionClosedException();
      }
      // The next request connects again.
      CloseGuard.closeQuietly(open);
    }
    open.takeStrayBytes(strayBytes);
  }

  /** The stray bytes since the last {@link #resetStrayBytes}. */
  int strayBytes() {
    return strayBytes.count();
  }

  /** The shapes of the responses among the stray bytes. */
  List<ResponseShape> strayResponses() {
    FrameChannel open = channel;
    return open == null ? List.of() : open.responses(strayBytes);
  }

  void resetStrayBytes() {
    strayBytes.reset();
  }

  /** The time from the last request to its response. */
  long lastLatencyNanos() {
    return lastLatencyNanos;
  }

  String endpoint() {
    return opener.endpoint();
  }

  boolean isOpen() {
    FrameChannel open = channel;
    return open != null && open.isOpen();
  }
}
