// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Receives what one tally sends. */
final class TallyStreamingSession implements StreamingSession {
  private final Device<String> device;
  private final List<Point<Integer>> points;
  private final Optional<Map<Long, Delivery>> deliveries;

  /** Null before {@link #start}. */
  private volatile TallyConnection connection;

  private volatile boolean closed;

  TallyStreamingSession(
      Device<String> device, List<Tag<Integer>> tags, Optional<Map<Long, Delivery>> deliveries) {
    this.device = device;
    this.deliveries = deliveries;
    this.points = tags.stream().map(tag -> new Point<>(device, tag)).toList();
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
        Ack ack = new Acknowledgement(from, message.id(), deliveries);
        Delivery earlier = deliveries.map(known -> known.get(message.id())).orElse(null);
        List<Measurement> values = earlier == null ? measurements(message) : List.of();
        sink.deliver(List.of(new Message(values, ack, earlier)));
      }
    } catch (IOException e) {
      sink.connectionLost(TallyErrors.connectionLost(device.endpoint(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Acknowledges a message to the tally once Kafka has it. */
  private record Acknowledgement(
      TallyConnection connection, long message, Optional<Map<Long, Delivery>> deliveries)
      implements Ack {
    @Override
    public void accepted(Delivery delivery) {
      deliveries.ifPresent(known -> known.put(message, delivery));
    }

    @Override
    public void delivered() {
      deliveries.ifPresent(known -> known.remove(message));
      connection.acknowledge(message);
    }

    @Override
    public void stale() {
      // It comes again over the next connection.
    }
  }

  private List<Measurement> measurements(TallyDevice.Message message) {
    List<Measurement> measurements = new ArrayList<>();
    for (Point<Integer> point : points) {
      OptionalLong count = message.counts().get(point.tag().address());
      if (count != null) {
        measurements.add(TallyValues.of(point, count));
      }
    }
    return measurements;
  }
}
