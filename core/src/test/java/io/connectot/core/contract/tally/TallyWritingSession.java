// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Sets the counts of one tally. */
final class TallyWritingSession implements WritingSession<String, Integer> {
  private final String endpoint;
  private final String host;
  private final Duration timeout;

  /** Null before {@link #open}. */
  private volatile TallyConnection connection;

  private volatile Consumer<ProtocolException> lost;
  private volatile boolean closed;

  TallyWritingSession(String endpoint, String host, Duration timeout) {
    this.endpoint = endpoint;
    this.host = host;
    this.timeout = timeout;
  }

  @Override
  public void open(Consumer<ProtocolException> whenLost) throws ProtocolException {
    try {
      lost = whenLost;
      connection = TallyDevice.connect(host);
      if (closed) {
        connection.close();
      }
    } catch (IOException e) {
      throw TallyErrors.connectionLost(endpoint, e);
    }
  }

  @Override
  public WriteTarget target(Device<String> device, Tag<Integer> tag) {
    return WriteTarget.of(ValueType.INT64);
  }

  @Override
  public List<WriteOutcome> write(Device<String> device, List<TagWrite<Integer>> writes)
      throws ProtocolException {
    checkOpen();
    List<WriteOutcome> outcomes = new ArrayList<>();
    for (TagWrite<Integer> write : writes) {
      outcomes.add(write(device, write));
    }
    return outcomes;
  }

  /** Once a request has left, a failure says nothing about what the device made of it. */
  private WriteOutcome write(Device<String> device, TagWrite<Integer> write) {
    long count = ((LongValue) write.value()).value();
    try {
      return connection.write(write.tag().address(), count, timeout)
          ? WriteOutcome.Done.ACCEPTED
          : new WriteOutcome.Failed(TallyErrors.LOCKED, "the counter is locked; unlock it");
    } catch (SocketTimeoutException e) {
      ProtocolException cause = TallyErrors.timeout(device.name(), e);
      return new WriteOutcome.Unknown(cause.status(), cause.getMessage());
    } catch (IOException e) {
      ProtocolException cause = TallyErrors.connectionLost(endpoint, e);
      lost.accept(cause);
      return new WriteOutcome.Unknown(cause.status(), cause.getMessage());
    }
  }

  @Override
  public List<ReadBack> read(Device<String> device, List<Tag<Integer>> tags)
      throws ProtocolException {
    try {
      List<ReadBack> values = new ArrayList<>();
      for (Tag<Integer> tag : tags) {
        OptionalLong count = connection.read(tag.address(), timeout);
        values.add(
            count.isPresent()
                ? ReadBack.of(new LongValue(count.getAsLong()))
                : ReadBack.bad(TallyErrors.NO_SUCH_COUNTER));
      }
      return values;
    } catch (SocketTimeoutException e) {
      throw TallyErrors.timeout(device.name(), e);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Nothing was sent if the connection was over before. */
  private void checkOpen() throws ProtocolException {
    if (!connection.isOpen()) {
      throw lost(new IOException("connection closed"));
    }
  }

  private ProtocolException lost(IOException e) {
    ProtocolException cause = TallyErrors.connectionLost(endpoint, e);
    lost.accept(cause);
    return cause;
  }

  @Override
  public String currentEndpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    closed = true;
    TallyConnection current = connection;
    if (current != null) {
      current.close();
    }
  }
}
