// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import java.util.List;
import java.util.function.Consumer;

/**
 * One attempt to connect to an endpoint, and the connection that it becomes. After the loss of the
 * connection the runtime makes a new session.
 *
 * <p>The runtime calls {@link #target}, {@link #write} and {@link #read} for one device from one
 * thread at a time, and for different devices possibly at the same time. A session whose connection
 * takes one request at a time makes the others wait. {@link #close} may come from another thread
 * while a call is under way; it must make that call return soon.
 *
 * <p>Values are raw: they are written as the device holds them. The runtime applies the scaling of
 * a tag, its limits and its conditions, and converts values to the type of the {@link WriteTarget}.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public interface WritingSession<E, A> extends AutoCloseable {

  /**
   * Connects, and asks the devices for the types of the tags if the protocol knows them. Returns
   * within the protocol's connect timeout, and soon after {@link #close} was called.
   *
   * @param lost takes the cause when the connection is over, from any thread; only the first call
   *     counts
   * @throws ProtocolException when there is no connection
   */
  void open(Consumer<ProtocolException> lost) throws ProtocolException, InterruptedException;

  /**
   * What can be written to a tag. Called while the session is open; may ask the device, if it did
   * not answer before.
   *
   * @throws ProtocolException when the device does not answer
   */
  WriteTarget target(Device<E> device, Tag<A> tag) throws ProtocolException, InterruptedException;

  /**
   * Writes tags of one device, in one request if the protocol can, else in their order. Returns
   * within the protocol's request timeout.
   *
   * <p>A session never sends a write twice by itself, and nothing when it rejects one of the
   * writes: {@link WriteOutcome#nothingSent}.
   *
   * @param writes at least one; values are of the types of their {@link WriteTarget}s
   * @return exactly one outcome per write, in their order; when the answer to a request is missing
   *     or makes no sense, {@link WriteOutcome.Unknown}
   * @throws ProtocolException only if nothing was sent, e.g. because the connection is lost
   * @throws InterruptedException only if nothing was sent
   */
  List<WriteOutcome> write(Device<E> device, List<TagWrite<A>> writes)
      throws ProtocolException, InterruptedException;

  /**
   * Reads tags of one device, for conditions of writes and to verify what was written.
   *
   * @return exactly one value per tag, in their order
   * @throws ProtocolException when the device does not answer
   */
  List<ReadBack> read(Device<E> device, List<Tag<A>> tags)
      throws ProtocolException, InterruptedException;

  /**
   * A value that was written, as {@link #read} returns it from a device that has it.
   *
   * @param written as it was passed to {@link #write}, which sent it
   */
  default Value asRead(Device<E> device, Tag<A> tag, Value written) {
    return written;
  }

  /** The endpoint in use at this moment, without credentials. */
  String currentEndpoint();

  /** Closes the connection. Idempotent, does not throw, may be called from any thread. */
  @Override
  void close();

  /**
   * What to write to a tag.
   *
   * @param value raw, of the type of the tag's {@link WriteTarget}
   */
  record TagWrite<A>(Tag<A> tag, Value value) {}

  /**
   * The value of a tag.
   *
   * @param value raw; null when the tag cannot be read, or its value is not of good quality
   * @param status the protocol's own code and name when there is no value; else null
   */
  record ReadBack(Value value, String status) {
    public static ReadBack of(Value value) {
      return new ReadBack(value, null);
    }

    /** There is no value. */
    public static ReadBack bad(String status) {
      return new ReadBack(null, status);
    }
  }
}
