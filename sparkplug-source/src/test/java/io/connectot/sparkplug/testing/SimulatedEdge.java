// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.testing;

import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.testing.TestClients;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import io.connectot.sparkplug.topic.StateMessage;
import io.connectot.sparkplug.topic.StateTopic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edge node with metrics {@code line/m0, line/m1, …} that DATA names by alias only. With a
 * primary host it is born only while that is online, stores its values while it is not, and
 * forwards them as historical ones. Thread-safe: everything happens on its own thread.
 */
public final class SimulatedEdge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedEdge.class);

  /** Clear of bdSeq and Rebirth. */
  private static final long FIRST_ALIAS = 100;

  private static final int FLUSHED_AT_ONCE = 50;

  private final BrokerAddress broker;
  private final EdgeId id;
  private final List<String> metrics;
  private final long[] values; // owned by the thread
  private final String primaryHost;
  private final ExecutorService thread;
  private final AtomicInteger rebirths = new AtomicInteger();

  // Owned by the thread.
  private final ArrayDeque<long[]> stored = new ArrayDeque<>();
  private MqttTransport transport;
  private long bdSeq = -1;
  private int seq;
  private int aliasOffset;
  private boolean born;
  private long hostTimestamp = -1;

  /** Written by the thread. */
  private volatile boolean hostOnline;

  private volatile int storedCount;

  /** How long it goes on publishing after its primary host went offline. */
  private volatile Duration reaction = Duration.ZERO;

  /**
   * @param metrics how many metrics it has
   * @param primaryHost the host id that it waits for; null for none
   */
  public SimulatedEdge(BrokerAddress broker, EdgeId id, int metrics, String primaryHost) {
    this(broker, id, IntStream.range(0, metrics).mapToObj(i -> "line/m" + i).toList(), primaryHost);
  }

  /**
   * @param metrics the names of its metrics
   * @param primaryHost the host id that it waits for; null for none
   */
  public SimulatedEdge(BrokerAddress broker, EdgeId id, List<String> metrics, String primaryHost) {
    this.broker = broker;
    this.id = id;
    this.metrics = List.copyOf(metrics);
    this.values = new long[metrics.size()];
    Arrays.fill(values, -1);
    this.primaryHost = primaryHost;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread edge = new Thread(work, "edge-" + id);
              edge.setDaemon(true);
              return edge;
            });
  }

  /** The address of a broker on this machine. */
  public static BrokerAddress local(int port) {
    return new BrokerAddress(BrokerAddress.Scheme.TCP, "127.0.0.1", port, "");
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void await(Work work) throws Exception {
    thread
        .submit(
            () -> {
              work.run();
              return null;
            })
        .get(60, TimeUnit.SECONDS);
  }

  private void later(Work work) {
    if (!thread.isShutdown()) {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (Exception e) {
              LOG.debug("{}: the broker is away", id, e);
            }
          });
    }
  }

  /** How often a rebirth was requested. */
  public int rebirths() {
    return rebirths.get();
  }

  /** Whether its primary host is online. */
  public boolean isHostOnline() {
    return hostOnline;
  }

  /** How many values wait for its primary host. */
  public int stored() {
    return storedCount;
  }

  /** Connects, and is born unless it waits for its primary host. */
  public void connect() throws Exception {
    await(this::open);
  }

  private void open() throws Exception {
    bdSeq++;
    Will will =
        new Will(
            new SparkplugTopic(MessageType.NDEATH, id).text(),
            PayloadEncoder.encode(death()),
            1,
            false,
            Duration.ZERO);
    MqttTransport opened =
        new PahoTransportFactory(
                TestClients.settings(MqttVersion.V5, "edge-" + UUID.randomUUID()), Optional.empty())
            .newTransport(broker, Optional.of(will));
    opened.connect(new Listener(opened));
    transport = opened;
    List<Subscription> filters = new ArrayList<>();
    filters.add(Subscription.of(new SparkplugTopic(MessageType.NCMD, id).text(), 1));
    if (primaryHost != null) {
      filters.add(Subscription.of(StateTopic.of(primaryHost), 1));
    }
    opened.subscribe(filters);
    if (primaryHost == null) {
      bear();
    }
  }

  private Payload death() {
    return Payload.of(null, null, List.of(bdSeqMetric()));
  }

  private Metric bdSeqMetric() {
    return Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(bdSeq));
  }

  private void bear() throws Exception {
    List<Metric> all = new ArrayList<>();
    all.add(bdSeqMetric());
    all.add(Metric.of("Node Control/Rebirth", DataType.BOOLEAN, MetricValue.BooleanValue.FALSE));
    for (int i = 0; i < values.length; i++) {
      all.add(
          Metric.of(metrics.get(i), DataType.INT64, new MetricValue.LongValue(values[i]))
              .withAlias(alias(i)));
    }
    seq = 0;
    born = true;
    send(MessageType.NBIRTH, Payload.of(now(), 0L, all), true);
    flush();
  }

  private void flush() throws Exception {
    while (!stored.isEmpty()) {
      List<Metric> some = new ArrayList<>();
      while (some.size() < FLUSHED_AT_ONCE && !stored.isEmpty()) {
        long[] next = stored.remove();
        some.add(byAlias((int) next[0], next[1], next[2]).asHistorical());
      }
      send(MessageType.NDATA, Payload.of(now(), nextSeq(), some), false);
    }
    storedCount = 0;
  }

  private long alias(int metric) {
    return FIRST_ALIAS + (metric + aliasOffset) % values.length;
  }

  private Metric byAlias(int metric, long value, long millis) {
    return Metric.of(null, DataType.INT64, new MetricValue.LongValue(value))
        .withAlias(alias(metric))
        .withTimestamp(millis);
  }

  private Long nextSeq() {
    seq = (seq + 1) % 256;
    return (long) seq;
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private void send(MessageType type, Payload payload, boolean types) throws Exception {
    byte[] bytes =
        types ? PayloadEncoder.encode(payload) : PayloadEncoder.encodeWithoutTypes(payload);
    OutboundMessage message =
        new OutboundMessage(
            new SparkplugTopic(type, id).text(), bytes, 0, false, MessageProperties.NONE);
    while (!transport.publish(message, result -> {})) {
      if (!transport.awaitWindow(Duration.ofSeconds(30))) {
        throw new IllegalStateException("the broker takes nothing");
      }
    }
  }

  /** A metric takes a value; stored while the primary host is not online. */
  public void publish(int metric, long value) throws Exception {
    await(() -> put(metric, value));
  }

  private void put(int metric, long value) throws Exception {
    values[metric] = value;
    if (born) {
      send(
          MessageType.NDATA,
          Payload.of(now(), nextSeq(), List.of(byAlias(metric, value, now()))),
          false);
    } else {
      stored.add(new long[] {metric, value, now()});
      storedCount = stored.size();
    }
  }

  /** So many messages are lost. */
  public void lose(int messages) throws Exception {
    await(() -> seq = (seq + messages) % 256);
  }

  /** Publishes the births again. */
  public void rebirth() throws Exception {
    await(this::bear);
  }

  /** Is born again with each alias moved to the next metric. */
  public void rebirthWithOtherAliases() throws Exception {
    await(
        () -> {
          aliasOffset++;
          bear();
        });
  }

  /** Publishes bytes that are no payload. */
  public void publishGarbage() throws Exception {
    await(
        () ->
            transport.publish(
                new OutboundMessage(
                    new SparkplugTopic(MessageType.NDATA, id).text(),
                    new byte[] {(byte) 0xFF, 1, 2},
                    0,
                    false,
                    MessageProperties.NONE),
                result -> {}));
  }

  /** Vanishes without DISCONNECT: the broker publishes NDEATH. */
  public void vanish() throws Exception {
    await(
        () -> {
          born = false;
          transport.close();
        });
  }

  /** Publishes NDEATH and disconnects. */
  public void leave() throws Exception {
    await(this::endSession);
  }

  private void endSession() throws Exception {
    if (born) {
      born = false;
      OutboundMessage message =
          new OutboundMessage(
              new SparkplugTopic(MessageType.NDEATH, id).text(),
              PayloadEncoder.encode(death()),
              1,
              false,
              MessageProperties.NONE);
      transport.publish(message, result -> {});
    }
    transport.disconnect(Duration.ofSeconds(2));
  }

  private void hostState(StateMessage state) throws Exception {
    if (state.timestamp() < hostTimestamp) {
      return;
    }
    hostTimestamp = state.timestamp();
    hostOnline = state.online();
    if (state.online() && !born) {
      bear();
    } else if (!state.online() && born) {
      CompletableFuture.delayedExecutor(reaction.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> later(this::leaveHost));
    }
  }

  private void leaveHost() throws Exception {
    if (!hostOnline && born) {
      endSession();
      open();
    }
  }

  /** Goes on publishing for so long after its primary host went offline. */
  public void reactAfter(Duration time) {
    reaction = time;
  }

  @Override
  public void close() {
    thread.shutdown();
    MqttTransport last = transport;
    if (last != null) {
      last.close();
    }
  }

  /** Called by the transport's threads. */
  private final class Listener implements TransportListener {
    private final MqttTransport from;

    Listener(MqttTransport from) {
      this.from = from;
    }

    @Override
    public void messageArrived(InboundMessage message) {
      from.acknowledge(message);
      if (message.topic().equals(StateTopic.of(String.valueOf(primaryHost)))) {
        StateMessage.parse(message.payload()).ifPresent(state -> later(() -> hostState(state)));
      } else {
        rebirths.incrementAndGet();
        later(SimulatedEdge.this::bear);
      }
    }

    @Override
    public void connectionLost(ConnectionLoss loss) {
      // The next publish fails.
    }
  }
}
