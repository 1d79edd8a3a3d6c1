// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Receives what one tally sends. */
final class TallyStreamingSession implements StreamingSession {
  private final Device<String> device;
  private final List<Tag<Integer>> tags;

  /** The messages that were received and not acknowledged, in order. */
  private final Queue<Long> unacknowledged = new ConcurrentLinkedQueue<>();

  /** How many were acknowledged. Only {@link #acknowledge} uses it, one call after the other. */
  private long acknowledged;

  /** Null before {@link #start}. */
  private volatile TallyConnection connection;

  private volatile boolean closed;

  TallyStreamingSession(Device<String> device, List<Tag<Integer>> tags) {
    this.device = device;
    this.tags = tags;
  }

  @Override
  public void start(StreamSink sink) throws ProtocolException {
    try {
      TallyConnection opened = TallyDevice.connect(device.settings());
      connection = opened;
      if (closed) {
        opened.close();
      }
      Thread receiver = new Thread(() -> receive(opened, sink), receiverName());
      receiver.setDaemon(true);
      receiver.start();
    } catch (IOException e) {
      throw TallyErrors.connectionLost(device.endpoint(), e);
    }
  }

  @Override
  public void acknowledge(long sequence) {
    while (acknowledged < sequence) {
      acknowledged++;
      connection.acknowledge(unacknowledged.remove());
    }
  }

  @Override
  public void close() {
    closed = true;
    TallyConnection current = connection;
    if (current != null) {
      current.close();
    }
  }

  /** Threads of a session are called as the runtime's, so that one sees whose they are. */
  private static String receiverName() {
    return Thread.currentThread().getName() + "-receive";
  }

  private void receive(TallyConnection from, StreamSink sink) {
    try {
      while (true) {
        TallyDevice.Message message = from.next();
        // Before it is delivered: the acknowledgement may come before deliver() returns.
        unacknowledged.add(message.id());
        sink.deliver(measurements(message));
      }
    } catch (IOException e) {
      sink.connectionLost(TallyErrors.connectionLost(device.endpoint(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Measurement> measurements(TallyDevice.Message message) {
    List<Measurement> measurements = new ArrayList<>();
    for (Tag<Integer> tag : tags) {
      OptionalLong count = message.counts().get(tag.address());
      if (count != null) {
        measurements.add(TallyValues.of(device, tag, count));
      }
    }
    return measurements;
  }
}
