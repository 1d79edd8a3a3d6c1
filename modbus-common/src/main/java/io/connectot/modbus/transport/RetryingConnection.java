// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectFailure;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import io.connectot.modbus.transport.frame.IdentificationRequest;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.ReadRequest;
import io.connectot.modbus.transport.frame.ResponseChecks;
import io.connectot.modbus.transport.frame.WriteRequest;
import java.time.Duration;

/**
 * Retries a request when the unit did not answer it properly or was busy (exceptions 5 and 6). Does
 * not retry a failed connection: the runtime does, with growing pauses.
 */
final class RetryingConnection implements ModbusConnection {
  private final ResponseChecks checks;
  private final RequestSender sender;
  private final LineGuard line;
  private final int retries;
  private final Duration backoff;
  private final CloseGuard guard;

  RetryingConnection(
      ResponseChecks checks,
      RequestSender sender,
      LineGuard line,
      int retries,
      Duration backoff,
      CloseGuard guard) {
    this.checks = checks;
    this.sender = sender;
    this.line = line;
    this.retries = retries;
    this.backoff = backoff;
    this.guard = guard;
  }

  @Override
  public void open() throws ProtocolException {
    try {
      sender.connect(guard.begin());
    } catch (ConnectionClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public byte[] read(int unit, ModbusTable table, int address, int quantity)
      throws ModbusExceptionResponse, ProtocolException {
    ReadRequest request = new ReadRequest(0, unit, table, address, quantity, checks);
    CloseGuard.Call call = guard.begin();
    try {
      for (int left = retries; left > 0; left--) {
        try {
          return line.send(request, call);
        } catch (ModbusExceptionResponse e) {
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
      return line.send(request, call);
    } catch (ConnectionClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public byte[] identification(int unit, int category, int object)
      throws ModbusExceptionResponse, ProtocolException {
    // Not retried: devices that do not have it often leave it unanswered.
    CloseGuard.Call call = guard.begin();
    try {
      return line.send(new IdentificationRequest(0, unit, category, object, checks), call);
    } catch (ConnectionClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public void write(WriteRequest request)
      throws ModbusExceptionResponse, ProtocolException, UnansweredWriteException {
    try {
      line.write(request.withChecks(checks), guard.begin());
    } catch (ConnectionClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public boolean confirm() throws ProtocolException {
    try {
      return line.confirm(guard.begin());
    } catch (ConnectionClosedException e) {
      throw ConnectFailure.closed(endpoint(), e);
    }
  }

  @Override
  public String endpoint() {
    return sender.endpoint();
  }

  @Override
  public boolean isOpen() {
    return sender.isOpen();
  }

  @Override
  public void close() {
    guard.close();
    line.release();
  }
}
