// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import java.time.Duration;

/**
 * Sends a request again when the unit did not answer it properly or was busy (exceptions 5 and 6).
 * A connection that cannot be made is not tried again here: the runtime does, with growing pauses.
 */
final class RetryingLink implements ModbusLink {
  private final Requester requester;
  private final int retries;
  private final Duration backoff;
  private final CloseGuard guard;

  RetryingLink(Requester requester, int retries, Duration backoff, LinkClock clock) {
    this.requester = requester;
    this.retries = retries;
    this.backoff = backoff;
    this.guard = new CloseGuard(clock);
  }

  @Override
  public void open() throws ProtocolException {
    try {
      requester.connect(guard.begin());
    } catch (LinkClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public byte[] read(int unit, Table table, int address, int quantity)
      throws ModbusExceptionReply, ProtocolException {
    ReadRequest request = new ReadRequest(0, unit, table, address, quantity);
    CloseGuard.Call call = guard.begin();
    try {
      for (int left = retries; left > 0; left--) {
        try {
          return requester.send(request, call);
        } catch (ModbusExceptionReply e) {
          if (!e.code().isRetriable()) {
            throw e;
          }
        } catch (ProtocolException e) {
          if (e.scope() != Scope.DEVICE) {
            throw e;
          }
        }
        call.sleep(backoff);
      }
      return requester.send(request, call);
    } catch (LinkClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public String endpoint() {
    return requester.endpoint();
  }

  @Override
  public boolean isOpen() {
    return requester.isOpen();
  }

  @Override
  public void close() {
    guard.close();
  }
}
