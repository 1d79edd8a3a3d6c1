// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamContext;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.TransportFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT session over all its connections: in-flight messages, redeliveries, subscriptions. A
 * message is acknowledged once Kafka has its records and those of all messages before it
 * ([MQTT-4.6.0-2]), with QoS 2 by PUBREC; unacknowledged messages are redelivered over the next
 * connection, and make no second record as long as the original is known.
 *
 * <p>Paho's reading thread queues messages; a thread of the connection maps them. Acknowledgements
 * are sent by the threads that commit records.
 */
final class MqttSession {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

  /** Maximum time without reading, unless the keep alive interval demands less. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String clientId;
  private final MqttConnectionConfig connectionConfig;
  private final TransportFactory transports;
  private final List<SourceSubscription> subscriptions;
  private final Device<?> client;
  private final TaskMetrics metrics;
  private final Clock clock;
  private final boolean former;

  private final BrokerList brokers;
  private final TakeOverPolicy takeOvers;
  private final InFlightWindow window;
  private final BackpressurePolicy backpressure;
  private final RedeliveryIndex redeliveries;
  private final InboundQueue queue;
  private final MessageProcessor processor;
  private final SubscriptionState state;

  /** The newest connection; null before the first. Written by the connecting thread. */
  private volatile SessionConnection current;

  /** Whether the broker resumed the session at the last connect. Written by that thread. */
  private volatile boolean sessionPresent = true;

  /** When the last message or CONNACK arrived, epoch nanoseconds. */
  private volatile long lastHeardNanos;

  /** Refusals of the last subscribe. Written by the connecting thread. */
  private volatile List<String> refusals = List.of();

  /** Whether the broker should have the session. Owned by the connecting thread. */
  private boolean expected;

  /** Whether this process subscribed. Owned by the connecting thread. */
  private boolean subscribed;

  /** Why the task has to fail; null for nothing. */
  private volatile ProtocolException failure;

  /**
   * @param subscriptions of this session, with the filters as sent to the broker
   * @param state with the stored offset and the subscriptions of earlier configurations
   * @param expected whether the broker should have the session
   */
  MqttSession(
      String clientId,
      Configuration config,
      TransportFactory transports,
      List<SourceSubscription> subscriptions,
      InboundMessageMapper mapper,
      SubscriptionState state,
      boolean expected,
      StreamContext context) {
    this.clientId = clientId;
    this.connectionConfig = new MqttConnectionConfig(config);
    this.transports = transports;
    this.subscriptions = subscriptions;
    this.client = client(clientId, connectionConfig);
    this.metrics = context.metrics();
    this.clock = context.clock();
    this.former = context.part().isFormer();
    this.state = state;
    this.expected = expected;
    this.brokers = new BrokerList(connectionConfig.brokers());
    this.takeOvers = new TakeOverPolicy(clientId);
    int maxMessages = config.get(SessionConfig.MAX_UNACKNOWLEDGED_MESSAGES);
    long maxBytes = config.get(SessionConfig.MAX_UNACKNOWLEDGED_BYTES);
    this.window = new InFlightWindow(maxMessages, maxBytes);
    this.backpressure =
        new BackpressurePolicy(
            clientId,
            window,
            longestPause(config.get(MqttConnectionConfig.KEEP_ALIVE)),
            clock,
            metrics);
    this.redeliveries = new RedeliveryIndex(maxBytes);
    this.queue =
        new InboundQueue(maxMessages, maxBytes, config.get(SessionConfig.QOS0_OVERFLOW), metrics);
    this.processor = new MessageProcessor(queue, mapper, metrics);
  }

  /** The device whose status is that of a client. */
  static Device<Object> client(String clientId, MqttConnectionConfig config) {
    return new Device<>(clientId, config.endpoint(), clientId, Map.of());
  }

  private static Duration longestPause(Duration keepAlive) {
    Duration half = keepAlive.dividedBy(2);
    return half.isZero() || half.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : half;
  }

  String clientId() {
    return clientId;
  }

  List<SourceSubscription> subscriptions() {
    return subscriptions;
  }

  MqttConnectionConfig connectionConfig() {
    return connectionConfig;
  }

  Optional<Will> will() {
    return former ? Optional.empty() : connectionConfig.will();
  }

  TransportFactory transports() {
    return transports;
  }

  BrokerList brokers() {
    return brokers;
  }

  TakeOverPolicy takeOvers() {
    return takeOvers;
  }

  InFlightWindow window() {
    return window;
  }

  BackpressurePolicy backpressure() {
    return backpressure;
  }

  InboundQueue queue() {
    return queue;
  }

  MessageProcessor processor() {
    return processor;
  }

  SubscriptionState state() {
    return state;
  }

  TaskMetrics metrics() {
    return metrics;
  }

  Clock clock() {
    return clock;
  }

  /** Whether the session is of a task of an earlier configuration. */
  boolean isFormer() {
    return former;
  }

  boolean sessionPresent() {
    return sessionPresent;
  }

  /** Number of subscriptions that the broker refused at the last subscribe. */
  int refused() {
    return refusals.size();
  }

  /** Number of received and unacknowledged messages. */
  int unacknowledged() {
    return window.messages();
  }

  /** Their size, topics and payloads. */
  long unacknowledgedBytes() {
    return window.bytes();
  }

  /** Whether everything is acknowledged and nothing arrived for a while. */
  boolean isDrained(Duration silence) {
    return window.messages() == 0 && clock.epochNanos() - lastHeardNanos > silence.toNanos();
  }

  /** Fails the task, also at the next connection. For any thread. */
  void fail(ProtocolException cause) {
    failure = cause;
    window.wake();
    SessionConnection connection = current;
    if (connection != null) {
      connection.lost(cause);
    }
  }

  /** A new connection replaces the current one. */
  void begin(SessionConnection connection) {
    SessionConnection last = current;
    if (last != null) {
      last.end();
    }
    window.unpause();
    redeliveries.trim();
    current = connection;
  }

  /**
   * Waits until half of the in-flight window is free.
   *
   * @throws ProtocolException when the task has to fail
   */
  void awaitHalfFree() throws ProtocolException, InterruptedException {
    window.awaitHalfFree(() -> failure != null);
    throwFailure();
  }

  /**
   * @throws ProtocolException when the task has to fail
   */
  void throwFailure() throws ProtocolException {
    ProtocolException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  /**
   * The broker accepted a connection: reports a lost session and subscribes where necessary. On the
   * connecting thread.
   */
  void connected(SessionConnection connection, ConnectResult result)
      throws ProtocolException, InterruptedException {
    sessionPresent = result.sessionPresent();
    lastHeardNanos = clock.epochNanos();
    if (!sessionPresent) {
      redeliveries.forgetAll();
      if (expected) {
        sessionLost();
        expected = false;
      }
    }
    boolean again = subscribed && sessionPresent;
    // With several brokers, one may have a session of long ago.
    if (!again || !refusals.isEmpty() || connectionConfig.brokers().size() > 1) {
      SubscribeRequests.Outcome outcome = connection.subscribe(again);
      refusals = outcome.refusals();
      state.granted(outcome.granted(), !sessionPresent);
    }
    // Before the records of messages that these subscriptions cause.
    state.seen(nowMillis());
    expected = true;
    subscribed = true;
  }

  private void sessionLost() {
    String cause =
        connectionConfig.settings(clientId).cleanSession()
            ? "the session is clean at every connect (mqtt.session.expiry.ms=0)"
            : "the broker lost the session and the messages queued in it; check its session expiry"
                + " and that it keeps sessions on disk";
    metrics.add(TaskMetric.SESSIONS_LOST, 1);
    Instant from = Instant.ofEpochMilli(state.seenMillis());
    Instant to = now();
    LOG.warn("{}: messages may be missing since {}: {}", clientId, from, cause);
    // The clock may have been set back since.
    Instant known = from.isAfter(to) ? null : from;
    queue.put(new Gap(client, Optional.empty(), known, to, cause, false));
  }

  /** Reports refused subscriptions, once the connection is reported as ONLINE. */
  void reportRefusals() {
    if (!refusals.isEmpty()) {
      queue.put(
          new DeviceStatus(
              client, DeviceState.DEGRADED, now(), String.join("; ", refusals), client.endpoint()));
    }
  }

  private Instant now() {
    return Clock.instant(clock.epochNanos());
  }

  long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.epochNanos());
  }

  /** A message arrived, on the reading thread of a connection. */
  void arrived(InboundMessage message, SessionConnection connection) {
    metrics.add(TaskMetric.MESSAGES_RECEIVED, 1);
    long now = clock.epochNanos();
    lastHeardNanos = now;
    if (message.qos() == 0) {
      queue.putUntracked(new InFlightMessage(message, now, connection, null));
      return;
    }
    InFlightMessage original = redeliveries.find(message);
    if (original != null && original.connection() == connection) {
      // Redelivered on the same connection: one acknowledgement is enough ([MQTT-4.3.3-10]).
      metrics.add(TaskMetric.DUPLICATES_ADOPTED, 1);
      return;
    }
    InFlightMessage arrived;
    boolean full;
    if (original == null) {
      arrived = new InFlightMessage(message, now, connection, null);
      arrived.count();
      full = window.add(arrived.bytes());
    } else {
      metrics.add(TaskMetric.DUPLICATES_ADOPTED, 1);
      arrived =
          new InFlightMessage(
              withSharedContent(message, original.message()), now, connection, original);
      arrived.count();
      // If the original still counts, this arrival takes its place in the window.
      full = !original.uncount() && window.add(arrived.bytes());
    }
    redeliveries.remember(arrived);
    queue.put(arrived);
    if (full) {
      backpressure.full(connection);
    }
  }

  /** Releases the redelivered payload for garbage collection. */
  private static InboundMessage withSharedContent(InboundMessage message, InboundMessage first) {
    return new InboundMessage(
        message.epoch(),
        first.topic(),
        first.payload(),
        message.qos(),
        message.retained(),
        message.duplicate(),
        message.packetId(),
        first.properties());
  }

  /** A message is acknowledged to the broker. */
  void acknowledged(InFlightMessage message) {
    redeliveries.forget(message);
    metrics.add(TaskMetric.MESSAGES_ACKNOWLEDGED, 1);
    release(message);
  }

  /** Kafka has a message whose connection ended. */
  void stale(InFlightMessage message) {
    metrics.add(TaskMetric.ACKNOWLEDGEMENTS_STALE, 1);
    release(message);
  }

  private void release(InFlightMessage message) {
    if (message.uncount()) {
      window.remove(message.bytes());
    }
  }
}
