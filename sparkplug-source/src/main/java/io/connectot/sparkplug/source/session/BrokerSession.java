// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Threads;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.host.HostEvent.RebirthRequested;
import io.connectot.sparkplug.host.HostState;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of the host to one broker. Thread-safe. */
final class BrokerSession implements StreamingSession {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
  private static final String REBIRTH = "Node Control/Rebirth";
  private static final int QOS = 1;
  private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(1);

  /**
   * How long nothing must arrive before an offline host connects again: what edge nodes publish
   * until they see that it is offline would be lost meanwhile.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** After it, the host does not wait for quiet: some edge nodes heed no host. */
  private static final long LONGEST_OFFLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final BrokerClient client;
  private final LongConsumer used;
  private final BrokerConnection connection;
  private final Duration connectTimeout;
  private final Thread processing;

  /** Null before {@link #start}. */
  private volatile StreamSink sink;

  /** Null until connected. Written by the connecting thread. */
  private volatile MqttTransport transport;

  private final RequestGate requests = new RequestGate();

  private volatile boolean closed;

  /** When STATE went offline because of Kafka; null otherwise. Owned by the loop's thread. */
  private Long offlineTick;

  /** When the last message of an edge node arrived. Written by the transport's thread. */
  private volatile long arrivedTick;

  /**
   * @param used is told the time, by the ticker, as long as the session is open
   */
  BrokerSession(
      BrokerClient client, LongConsumer used, Duration connectTimeout, String threadName) {
    this.client = client;
    this.used = used;
    this.connectTimeout = connectTimeout;
    this.connection = new BrokerConnection(client.connection());
    this.arrivedTick = client.clock().tick();
    this.processing = Threads.factory(threadName + "edges-").newThread(this::process);
  }

  @Override
  public void awaitReady(StreamSink newSink) {
    sink = newSink;
    // Messages of an earlier connection may wait for room.
    processing.start();
  }

  @Override
  public void start(StreamSink newSink) throws ProtocolException, InterruptedException {
    connection.connect(new Listener(), newSink::connectionLost);
    MqttTransport connected = connection.transport();
    transport = connected;
    subscribe(connected);
    if (client.host().role().publishes()) {
      publishBirth(connected);
    }
    List<RebirthRequested> waiting = requests.open();
    waiting.forEach(request -> requestRebirth(request, connected));
  }

  private void subscribe(MqttTransport to) throws ProtocolException, InterruptedException {
    List<Subscription> wanted = new ArrayList<>();
    if (client.host().role().publishes()) {
      wanted.add(Subscription.of(client.state().topic(), QOS));
    }
    client.host().groups().filters().forEach(filter -> wanted.add(Subscription.of(filter, QOS)));
    List<String> refused = new ArrayList<>();
    for (SubscribeResult result : to.subscribe(wanted)) {
      if (!result.granted()) {
        refused.add("'" + result.subscription().filter() + "' with " + result.reason());
      }
    }
    if (!refused.isEmpty()) {
      throw new ProtocolException(
          Kind.CONFIGURATION,
          Scope.CONNECTION,
          "SUBSCRIPTION_REFUSED",
          "the broker refused "
              + String.join("; ", refused)
              + ": check sparkplug.groups and what the user may subscribe to",
          null);
    }
  }

  private void publishBirth(MqttTransport to) throws ProtocolException, InterruptedException {
    Optional<CompletableFuture<PublishResult>> sent = client.state().birth(to);
    PublishResult result = PublishResult.retry("the connection ended");
    try {
      if (sent.isPresent()) {
        result = sent.get().get(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      result = PublishResult.retry("no answer");
    }
    if (result.outcome() == PublishResult.Outcome.DONE) {
      return;
    }
    boolean refused = result.outcome() == PublishResult.Outcome.REFUSED;
    throw new ProtocolException(
        refused ? Kind.CONFIGURATION : Kind.TRANSIENT,
        Scope.CONNECTION,
        refused ? "STATE_REFUSED" : "CONNECTION_LOST",
        "the broker did not take the STATE of the host ("
            + client.state().topic()
            + ", retained): "
            + result.reason()
            + (refused ? "; allow the user to publish it, or use sparkplug.role=passive" : ""),
        null);
  }

  @Override
  public void tick() {
    used.accept(client.clock().tick());
    MqttTransport to = transport;
    if (to == null || !client.host().role().publishes()) {
      return;
    }
    client.state().retry(to);
    client.host().followKafka().ifPresent(limit -> followKafka(limit, to));
  }

  private void followKafka(Duration limit, MqttTransport to) {
    long tick = client.clock().tick();
    long oldest = client.shared().progress().oldestNanos(tick);
    if (offlineTick == null && oldest > limit.toNanos()) {
      offlineTick = tick;
      client.state().death(to);
      LOG.warn(
          "STATE of {} on {} goes offline: Kafka has left records unconfirmed for {} ms",
          client.host().id(),
          client.device().endpoint(),
          TimeUnit.NANOSECONDS.toMillis(oldest));
    } else if (offlineTick != null
        && client.shared().progress().waiting() == 0
        && client.queue().isEmpty()
        && haveEdgesLeft(tick)) {
      // A will that is as old as the last death would be ignored.
      sink.drop(
          new ProtocolException(
              Kind.TRANSIENT,
              Scope.CONNECTION,
              "KAFKA_STALLED",
              "STATE was offline for "
                  + TimeUnit.NANOSECONDS.toMillis(tick - offlineTick)
                  + " ms because Kafka confirmed no records; connecting again to go online",
              null));
    }
  }

  private boolean haveEdgesLeft(long tick) {
    long offline = tick - offlineTick;
    return offline >= LONGEST_OFFLINE_NANOS || Math.min(offline, tick - arrivedTick) >= QUIET_NANOS;
  }

  @Override
  public SourcePosition position() {
    return client.shared().records().position();
  }

  private void process() {
    try {
      client.processor().run(sink, this::requestRebirth);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("Processing messages failed", e);
      sink.connectionLost(
          new ProtocolException(
              Kind.FATAL, Scope.CONNECTION, "INTERNAL_ERROR", "processing failed: " + e, e));
    }
  }

  private void requestRebirth(RebirthRequested request) {
    if (requests.isOpen(request)) {
      requestRebirth(request, transport);
    }
  }

  private void requestRebirth(RebirthRequested request, MqttTransport to) {
    long millis = TimeUnit.NANOSECONDS.toMillis(client.clock().epochNanos());
    Payload payload =
        Payload.of(
            millis,
            null,
            List.of(
                Metric.of(REBIRTH, DataType.BOOLEAN, MetricValue.BooleanValue.TRUE)
                    .withTimestamp(millis)));
    boolean sent =
        to.publish(
            new OutboundMessage(
                new SparkplugTopic(MessageType.NCMD, request.id()).text(),
                PayloadEncoder.encode(payload),
                0,
                false,
                MessageProperties.NONE),
            result -> {});
    LOG.info(
        "{}: rebirth {}: {}", request.id(), sent ? "requested" : "not requested", request.cause());
  }

  @Override
  public void close() {
    closed = true;
    processing.interrupt();
    MqttTransport last = transport;
    if (last != null && client.host().role().publishes()) {
      client.state().death(last);
    }
    connection.close();
    if (last != null) {
      transport = null;
      client
          .queue()
          .put(
              new EdgeMessage(
                  null,
                  null,
                  client.clock().epochNanos(),
                  "the host was not connected to " + client.device().endpoint()));
    }
    try {
      processing.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called by the transport's threads. */
  private final class Listener implements TransportListener {
    @Override
    public void messageArrived(InboundMessage message) {
      if (closed) {
        return;
      }
      MqttTransport from = connection.transport();
      if (message.topic().equals(client.state().topic())) {
        from.acknowledge(message);
        if (client.host().role().publishes()) {
          stateSeen(message, from);
        }
        return;
      }
      arrivedTick = client.clock().tick();
      client.metrics().add(TaskMetric.MESSAGES_RECEIVED, 1);
      if (!client.queue().put(new EdgeMessage(message, from, client.clock().epochNanos(), null))) {
        from.acknowledge(message);
      }
    }

    private void stateSeen(InboundMessage message, MqttTransport from) {
      HostState.Answer answer = client.state().seen(message.payload(), from);
      if (answer != HostState.Answer.NOTHING) {
        LOG.warn(
            "The STATE of {} was set offline by another client or by a former connection; it is"
                + " online again",
            client.host().id());
      }
      if (answer == HostState.Answer.RECONNECT) {
        sink.drop(
            new ProtocolException(
                Kind.TRANSIENT,
                Scope.CONNECTION,
                "STATE_OVERWRITTEN",
                "another client published a newer STATE of this host; connecting again with a"
                    + " newer one (is sparkplug.host.id used twice?)",
                null));
      }
    }

    @Override
    public void caughtUp() {
      client.queue().wake();
    }

    @Override
    public void connectionLost(io.connectot.mqtt.transport.ConnectionLoss loss) {
      // The connection tells the runtime.
    }
  }
}
