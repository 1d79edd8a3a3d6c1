// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.StreamSink;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.host.HostEvent;
import io.connectot.sparkplug.host.HostEvent.RebirthRequested;
import io.connectot.sparkplug.host.HostMachine;
import io.connectot.sparkplug.host.Moment;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.source.record.EdgeRecords;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes the messages of one broker, over all its connections: one thread at a time, that of the
 * present connection. What one connection could not hand over, the next does. The state of the host
 * is shared by all brokers; its lock is held until what changed is handed over, so that the values
 * of an edge node that changes the broker keep their order.
 */
final class EdgeProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeProcessor.class);
  private static final int MOST_MESSAGES = 500;
  private static final int MOST_EVENTS = 5000;
  private static final int MOST_TOPICS = 200_000;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final String server;
  private final EdgeQueue queue;
  private final SharedHost shared;
  private final Clock clock;
  private final TaskMetrics metrics;
  private final PayloadDecoder decoder = new PayloadDecoder();

  /** Cleared when there are too many. Guarded by {@link #running}, as the next five. */
  private final Map<String, Optional<SparkplugTopic>> topics = new HashMap<>();

  private final List<EdgeMessage> taken = new ArrayList<>();
  private int next;

  /** Mapped and not handed over. */
  private List<Message> mapped = new ArrayList<>();

  private int events;

  /** Held by the thread that processes. */
  private final ReentrantLock running = new ReentrantLock();

  /** Handed over, and not confirmed by Kafka; in order. Guarded by itself. */
  private final ArrayDeque<Confirmation> unconfirmed = new ArrayDeque<>();

  /**
   * What the brokers of a host have in common.
   *
   * @param lock guards machine and records
   */
  record SharedHost(
      ReentrantLock lock, HostMachine machine, EdgeRecords records, KafkaProgress progress) {

    /** The same host with another task, whose messages are counted anew. */
    SharedHost forNextTask(KafkaProgress newProgress) {
      lock.lock();
      try {
        records.adopted();
      } finally {
        lock.unlock();
      }
      return new SharedHost(lock, machine, records, newProgress);
    }
  }

  EdgeProcessor(
      String server, EdgeQueue queue, SharedHost shared, Clock clock, TaskMetrics metrics) {
    this.server = server;
    this.queue = queue;
    this.shared = shared;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Processes messages until interrupted.
   *
   * @param requests sends rebirth requests
   */
  void run(StreamSink sink, Consumer<RebirthRequested> requests) throws InterruptedException {
    running.lockInterruptibly();
    try {
      while (true) {
        process(sink, requests);
        taken.clear();
        next = 0;
        queue.take(taken, MOST_MESSAGES, EdgeQueue.waitNanos());
      }
    } finally {
      running.unlock();
    }
  }

  /**
   * Takes over what the processor of a former task left: what Kafka has not confirmed, and what was
   * not processed. Before {@link #run}.
   *
   * @return whether the former one had ended
   */
  boolean adopt(EdgeProcessor former) throws InterruptedException {
    if (!former.running.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      return false;
    }
    try {
      synchronized (former.unconfirmed) {
        former.unconfirmed.stream()
            .filter(each -> !each.done && !each.events.isEmpty())
            .forEach(each -> add(each.events, new Confirmation(null, null, each.events)));
      }
      former.mapped.forEach(
          each ->
              add(
                  List.copyOf(each.events()),
                  new Confirmation(null, null, List.copyOf(each.events()))));
      taken.addAll(former.taken.subList(former.next, former.taken.size()));
      former.queue.take(taken, Integer.MAX_VALUE, 0);
      LOG.info(
          "{}: {} messages that Kafka has not confirmed and {} that were not processed are taken"
              + " over from the former task",
          server,
          mapped.size(),
          taken.size());
      return true;
    } finally {
      former.running.unlock();
    }
  }

  /** Whether no thread processes, and Kafka has everything that was received. */
  boolean isDrained() {
    if (!running.tryLock()) {
      return false;
    }
    try {
      synchronized (unconfirmed) {
        if (unconfirmed.stream().anyMatch(each -> !each.done && !each.events.isEmpty())) {
          return false;
        }
      }
      return mapped.isEmpty()
          && taken.subList(next, taken.size()).stream().allMatch(each -> each.message() == null)
          && queue.isWithoutMessages();
    } finally {
      running.unlock();
    }
  }

  private void process(StreamSink sink, Consumer<RebirthRequested> requests)
      throws InterruptedException {
    shared.lock().lockInterruptibly();
    try {
      for (; next < taken.size(); next++) {
        message(taken.get(next), requests);
        if (events >= MOST_EVENTS) {
          // The message is mapped; it must not be mapped again if the delivery is interrupted.
          next++;
          deliver(sink);
          next--;
        }
      }
      List<SourceEvent> timed = new ArrayList<>();
      shared.machine().tick(server, now(), event -> event(event, timed, requests));
      add(timed, new Confirmation(null, null, timed));
      deliver(sink);
    } finally {
      shared.lock().unlock();
    }
  }

  private Moment now() {
    return new Moment(clock.epochNanos(), clock.tick());
  }

  private void message(EdgeMessage arrived, Consumer<RebirthRequested> requests) {
    if (arrived.lost() != null) {
      shared.machine().connectionLost(server, arrived.lost());
      return;
    }
    InboundMessage message = arrived.message();
    List<SourceEvent> found = new ArrayList<>();
    topic(message.topic())
        .ifPresent(
            topic -> {
              try {
                Payload payload = decoder.decode(message.payload());
                shared
                    .machine()
                    .message(
                        topic,
                        payload,
                        server,
                        arrived.receivedNanos(),
                        now(),
                        event -> event(event, found, requests));
              } catch (MalformedPayloadException e) {
                LOG.warn("{}: the payload cannot be read: {}", message.topic(), e.getMessage());
                shared
                    .machine()
                    .malformed(
                        topic,
                        "a payload cannot be read: " + e.getMessage(),
                        now(),
                        event -> event(event, found, requests));
              }
            });
    if (found.isEmpty()) {
      metrics.add(TaskMetric.MESSAGES_WITHOUT_RECORD, 1);
    }
    add(found, new Confirmation(message, arrived.transport(), found));
  }

  private Optional<SparkplugTopic> topic(String text) {
    if (topics.size() > MOST_TOPICS) {
      topics.clear();
    }
    return topics.computeIfAbsent(text, SparkplugTopic::parse);
  }

  private void event(HostEvent event, List<SourceEvent> into, Consumer<RebirthRequested> requests) {
    if (event instanceof RebirthRequested request) {
      requests.accept(request);
    } else {
      shared.records().map(event, server, into);
    }
  }

  private void add(List<? extends SourceEvent> found, Confirmation confirmation) {
    if (!found.isEmpty() || confirmation.isAwaited()) {
      mapped.add(new Message(found, confirmation, null));
      events += found.size();
    }
  }

  private void deliver(StreamSink sink) throws InterruptedException {
    int from = 0;
    try {
      while (from < mapped.size()) {
        int to = from;
        for (int size = 0; to < mapped.size() && size < MOST_EVENTS; to++) {
          size += mapped.get(to).events().size();
        }
        sink.deliver(List.copyOf(mapped.subList(from, to)));
        from = to;
      }
    } finally {
      if (from > 0) {
        mapped = new ArrayList<>(mapped.subList(from, mapped.size()));
        events = 0;
      }
    }
  }

  /** Counts what Kafka has, and acknowledges a message of QoS 1 or 2. */
  private final class Confirmation implements Ack {
    private final InboundMessage message;
    private final MqttTransport transport;
    private final List<? extends SourceEvent> events;
    private boolean done; // guarded by unconfirmed

    Confirmation(
        InboundMessage message, MqttTransport transport, List<? extends SourceEvent> events) {
      this.message = message;
      this.transport = transport;
      this.events = events;
    }

    boolean isAwaited() {
      return message != null && message.qos() > 0;
    }

    @Override
    public void accepted(Delivery delivery) {
      shared.progress().accepted();
      synchronized (unconfirmed) {
        unconfirmed.add(this);
      }
    }

    private void confirmed() {
      shared.progress().confirmed();
      synchronized (unconfirmed) {
        done = true;
        while (!unconfirmed.isEmpty() && unconfirmed.peek().done) {
          unconfirmed.remove();
        }
      }
    }

    @Override
    public void delivered() {
      confirmed();
      if (isAwaited()) {
        transport.acknowledge(message);
        metrics.add(TaskMetric.MESSAGES_ACKNOWLEDGED, 1);
      }
    }

    @Override
    public void stale() {
      confirmed();
    }
  }
}
