// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteOutcome.Failed;
import io.connectot.core.spi.WriteOutcome.Rejected;
import io.connectot.core.spi.WriteOutcome.Unknown;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.plc4x.adapter.DriverConnection.PreparedWrite;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.config.Plc4xDevice;
import io.connectot.plc4x.connection.ConnectionThread.DriverCall;
import io.connectot.plc4x.connection.ManagedConnection;
import io.connectot.plc4x.value.IecValueEncoder;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes to the devices behind one connection, one request after the other. Thread-safe.
 *
 * <p>A connection on which a request got no answer, or none that the driver understood, is closed:
 * its late answer would be taken for the answer to the next request.
 */
final class Plc4xWritingSession implements WritingSession<Plc4xDevice, WrittenTag> {
  /** How much longer than the driver the caller waits. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ManagedConnection connection;
  private final TagReads reads;
  private final Duration timeout;
  private final WriteFailures failures;

  /** Held during a request. */
  private final ReentrantLock requests = new ReentrantLock(true);

  private volatile Consumer<ProtocolException> lost = cause -> {};

  Plc4xWritingSession(ManagedConnection connection, TagReads reads, Duration timeout) {
    this.connection = connection;
    this.reads = reads;
    this.timeout = timeout;
    this.failures = new WriteFailures(connection.url(), timeout);
  }

  @Override
  public void open(Consumer<ProtocolException> whenLost) throws ProtocolException {
    lost = whenLost;
    connection.open();
  }

  @Override
  public WriteTarget target(Device<Plc4xDevice> device, Tag<WrittenTag> tag)
      throws ProtocolException {
    requests.lock();
    try {
      String refusal = tag.address().codec().refusal().orElse(null);
      TagShape shape =
          refusal == null
              ? call(open -> tag.address().codec().shape(open))
              : TagShape.refused(refusal);
      return shape.refusal() == null
          ? target(shape)
          : WriteTarget.refused(tag.address() + ": " + shape.refusal());
    } finally {
      requests.unlock();
    }
  }

  private static WriteTarget target(TagShape shape) {
    boolean array = shape.count() > 0;
    ValueType type = shape.type().tagType(array);
    return array && type != ValueType.BYTES
        ? WriteTarget.arrayOf(shape.type().valueType())
        : WriteTarget.of(type);
  }

  @Override
  public List<WriteOutcome> write(Device<Plc4xDevice> device, List<TagWrite<WrittenTag>> writes)
      throws ProtocolException {
    requests.lock();
    try {
      List<PreparedWrite> prepared = new ArrayList<>();
      List<WriteOutcome> rejected = new ArrayList<>();
      for (TagWrite<WrittenTag> write : writes) {
        prepare(write, prepared, rejected);
      }
      if (rejected.stream().anyMatch(Objects::nonNull)) {
        return WriteOutcome.nothingSent(rejected);
      }
      checkCurrent();
      List<WriteOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < writes.size(); i++) {
        outcomes.add(write(writes.get(i).tag(), prepared.get(i), outcomes.isEmpty()));
      }
      return outcomes;
    } finally {
      requests.unlock();
    }
  }

  /** Adds a prepared write, or the outcome of a value that cannot be written. */
  private void prepare(
      TagWrite<WrittenTag> write, List<PreparedWrite> prepared, List<WriteOutcome> rejected)
      throws ProtocolException {
    TagCodec codec = write.tag().address().codec();
    // The driver's thread cannot throw what only writes throw.
    List<String> reason = new ArrayList<>();
    List<WriteOutcome> failed = new ArrayList<>();
    PreparedWrite ready =
        call(
            open -> {
              TagShape shape = codec.shape(open);
              try {
                return codec.prepare(
                    open,
                    IecValueEncoder.encode(shape.type(), shape.count(), write.value()),
                    timeout);
              } catch (UnwritableValueException e) {
                reason.add(e.getMessage());
              } catch (DriverException e) {
                if (e.kind() != DriverException.Kind.REFUSED) {
                  throw e;
                }
                failed.add(new Failed("DRIVER_ERROR", e.getMessage()));
              }
              return null;
            });
    prepared.add(ready);
    rejected.add(
        reason.isEmpty()
            ? failed.stream().findFirst().orElse(null)
            : new Rejected(write.tag().address() + ": " + reason.get(0)));
  }

  /** Fails when an address may mean another tag than at the time of connecting. */
  private void checkCurrent() throws ProtocolException {
    if (!call(open -> open.isCurrent(timeout))) {
      throw drop(
          new ProtocolException(
              Kind.TRANSIENT,
              Scope.CONNECTION,
              "PROGRAM_CHANGED",
              "the program of "
                  + connection.url().endpoint()
                  + " has changed, so that nothing is written until its symbols are read again",
              null));
    }
  }

  /**
   * Sends one write.
   *
   * @param first whether nothing of the command was sent before
   */
  private WriteOutcome write(Tag<WrittenTag> tag, PreparedWrite write, boolean first)
      throws ProtocolException {
    try {
      ResponseCode code =
          connection.current().call(open -> write.execute(timeout), timeout.plus(GRACE));
      return failures.outcome(tag.address(), code);
    } catch (ProtocolException e) {
      drop(e);
      return unsent(e, first);
    } catch (TimeoutException e) {
      return unknown(failures.timeout());
    } catch (InterruptedException e) {
      return unknown(connection.interrupted());
    } catch (DriverException e) {
      return switch (e.kind()) {
        case REFUSED -> failures.refused(tag.address(), e);
        case UNSENT ->
            connection.isConnected()
                ? failures.notEncoded(tag.address(), e)
                : unsent(drop(failures.lost(e)), first);
        default -> unknown(failures.noAnswer(e));
      };
    }
  }

  private static WriteOutcome unsent(ProtocolException cause, boolean first)
      throws ProtocolException {
    if (first) {
      throw cause;
    }
    // The writes before it have their outcomes.
    return new Failed(cause.status(), cause.getMessage());
  }

  private WriteOutcome unknown(ProtocolException cause) {
    drop(cause);
    return new Unknown(
        cause.status(),
        "the write was sent, and it is not known whether the device has the value: "
            + cause.getMessage());
  }

  @Override
  public List<ReadBack> read(Device<Plc4xDevice> device, List<Tag<WrittenTag>> tags)
      throws ProtocolException {
    requests.lock();
    try {
      List<ReadBack> values = new ArrayList<>();
      for (Tag<WrittenTag> tag : tags) {
        values.add(call(open -> reads.read(open, tag, timeout)));
      }
      return values;
    } finally {
      requests.unlock();
    }
  }

  /** Calls the driver for what changes nothing. */
  private <T> T call(DriverCall<T> call) throws ProtocolException {
    try {
      return connection.current().call(call, timeout.plus(GRACE));
    } catch (ProtocolException e) {
      throw drop(e);
    } catch (TimeoutException e) {
      throw drop(failures.timeout());
    } catch (DriverException e) {
      throw drop(failures.noAnswer(e));
    } catch (InterruptedException e) {
      throw drop(connection.interrupted());
    }
  }

  private ProtocolException drop(ProtocolException cause) {
    connection.drop();
    lost.accept(cause);
    return cause;
  }

  /** Whether the driver reports the connection as open. */
  boolean isConnected() {
    return connection.isConnected();
  }

  @Override
  public String currentEndpoint() {
    return connection.url().endpoint();
  }

  @Override
  public void close() {
    connection.close();
  }
}
