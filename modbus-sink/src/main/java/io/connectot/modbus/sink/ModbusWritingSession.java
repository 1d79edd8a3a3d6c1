// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.model.Device;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.UnansweredWriteException;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes to the devices behind one connection, one request after the other. Thread-safe. */
final class ModbusWritingSession implements WritingSession<ModbusDevice, ModbusTag> {
  private final ModbusConnection connection;

  /** Held during a request. */
  private final ReentrantLock requests = new ReentrantLock(true);

  private volatile Consumer<ProtocolException> lost = cause -> {};

  ModbusWritingSession(ModbusConnection connection) {
    this.connection = connection;
  }

  @Override
  public void open(Consumer<ProtocolException> whenLost) throws ProtocolException {
    lost = whenLost;
    connection.open();
  }

  @Override
  public WriteTarget target(Device<ModbusDevice> device, Tag<ModbusTag> tag) {
    ModbusTag address = tag.address();
    String refusal = TagWriter.refusal(device, address);
    if (refusal != null) {
      return WriteTarget.refused(refusal);
    }
    return address.codec().isArray()
        ? WriteTarget.arrayOf(address.codec().elementType())
        : WriteTarget.of(address.codec().valueType());
  }

  @Override
  public List<WriteOutcome> write(Device<ModbusDevice> device, List<TagWrite<ModbusTag>> writes)
      throws ProtocolException {
    List<WriteOutcome> rejected = new ArrayList<>();
    writes.forEach(write -> rejected.add(rejection(write)));
    if (rejected.stream().anyMatch(Objects::nonNull)) {
      return WriteOutcome.nothingSent(rejected);
    }
    List<WriteOutcome> outcomes = new ArrayList<>();
    for (TagWrite<ModbusTag> write : writes) {
      requests.lock();
      try {
        outcomes.add(write(device, write));
      } catch (ProtocolException e) {
        lost(e);
        if (outcomes.isEmpty()) {
          throw e;
        }
        // The writes before it have their outcomes.
        outcomes.add(new WriteOutcome.Failed(e.status(), e.getMessage()));
      } finally {
        requests.unlock();
      }
    }
    return outcomes;
  }

  /** Null when the tag can hold the value. */
  private static WriteOutcome rejection(TagWrite<ModbusTag> write) {
    try {
      TagWriter.check(write.tag().address(), write.value());
      return null;
    } catch (UnencodableValueException e) {
      return new WriteOutcome.Rejected(e.getMessage());
    }
  }

  private WriteOutcome write(Device<ModbusDevice> device, TagWrite<ModbusTag> write)
      throws ProtocolException {
    try {
      new TagWriter(connection, device, write.tag().address()).write(write.value());
      return WriteOutcome.Done.ACCEPTED;
    } catch (UnencodableValueException e) {
      return new WriteOutcome.Rejected(e.getMessage());
    } catch (ModbusExceptionResponse e) {
      return new WriteOutcome.Failed(
          e.code().toString(),
          "the device rejected the write of "
              + write.tag().address()
              + " with exception "
              + e.code()
              + "; check that the address can be written, and the range of its values");
    } catch (UnansweredWriteException e) {
      lost(e.reason());
      return new WriteOutcome.Unknown(e.reason().status(), e.getMessage());
    }
  }

  /** A unit that does not answer leaves the connection to the others. */
  private void lost(ProtocolException cause) {
    if (cause.scope() == Scope.CONNECTION) {
      lost.accept(cause);
    }
  }

  @Override
  public List<ReadBack> read(Device<ModbusDevice> device, List<Tag<ModbusTag>> tags)
      throws ProtocolException {
    List<ReadBack> read = new ArrayList<>();
    requests.lock();
    try {
      for (Tag<ModbusTag> tag : tags) {
        read.add(read(device, tag.address()));
      }
      if (!connection.confirm()) {
        read.replaceAll(value -> ReadBack.bad("FOREIGN_RESPONSES"));
      }
      return read;
    } catch (ProtocolException e) {
      lost(e);
      throw e;
    } finally {
      requests.unlock();
    }
  }

  private ReadBack read(Device<ModbusDevice> device, ModbusTag tag) throws ProtocolException {
    try {
      byte[] data =
          connection.read(
              TagWriter.unit(device, tag),
              tag.address().table(),
              tag.address().address(),
              tag.codec().quantity());
      DecodedValue decoded = tag.codec().decode(data, 0, Scaling.NONE);
      return decoded.value() == null
          ? ReadBack.bad(decoded.status())
          : ReadBack.of(decoded.value());
    } catch (ModbusExceptionResponse e) {
      return ReadBack.bad(e.code().toString());
    }
  }

  @Override
  public String currentEndpoint() {
    return connection.endpoint();
  }

  @Override
  public void close() {
    connection.close();
  }
}
