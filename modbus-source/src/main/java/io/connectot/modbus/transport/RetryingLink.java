// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import java.time.Duration;

/**
 * Sends a request again when the unit did not answer it properly or was busy (exceptions 5 and 6).
 * A connection that cannot be made is not tried again here: the runtime does, with growing pauses.
 */
final class RetryingLink implements ModbusLink {
  private final ModbusLink link;
  private final int retries;
  private final Duration backoff;
  private final CloseGuard guard;

  RetryingLink(ModbusLink link, int retries, Duration backoff, LinkClock clock) {
    this.link = link;
    this.retries = retries;
    this.backoff = backoff;
    this.guard = new CloseGuard(clock);
  }

  @Override
  public void open() throws ProtocolException {
    link.open();
  }

  @Override
  public byte[] read(int unit, Table table, int address, int quantity)
      throws ModbusExceptionReply, ProtocolException {
    CloseGuard.Call call = guard.begin();
    for (int left = retries; ; left--) {
      try {
        return link.read(unit, table, address, quantity);
      } catch (ModbusExceptionReply e) {
        if (left == 0 || !e.code().isRetriable() || call.isClosed()) {
          throw e;
        }
      } catch (ProtocolException e) {
        if (left == 0 || !isRetriable(e) || call.isClosed()) {
          throw e;
        }
      }
      try {
        call.sleep(backoff);
      } catch (LinkClosedException e) {
        throw ConnectFailure.closed(link.endpoint(), e);
      }
    }
  }

  private static boolean isRetriable(ProtocolException e) {
    return e.scope() == Scope.DEVICE && e.kind() == Kind.TRANSIENT;
  }

  @Override
  public String endpoint() {
    return link.endpoint();
  }

  @Override
  public boolean isOpen() {
    return link.isOpen();
  }

  @Override
  public void close() {
    guard.close();
    link.close();
  }
}
