// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.host.Birth;
import io.connectot.sparkplug.host.MetricDefinition;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import io.connectot.sparkplug.value.MetricReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A connection to the broker for commands, NCMD and DCMD. An edge node does not answer a command:
 * whether it took it shows in the data that it publishes. Thread-safe.
 */
final class EdgeSession implements WritingSession<EdgeId, String> {
  /** The status of a write that the network has, and that no report confirms. */
  static final String SENT = "SENT";

  private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String REBIRTH = "Node Control/Rebirth";

  private final String endpoint;
  private final BrokerConnection connection;
  private final KnownEdges edges;
  private final boolean asksForBirths;
  private final Timeouts timeouts;
  private final Clock clock;

  /** Null until connected. Written by the thread that opens. */
  private volatile MqttTransport transport;

  /**
   * How long to wait.
   *
   * @param birth for the birth of an edge node or device
   * @param send until the network has a command
   * @param report until a metric is reported with its new value; zero for not at all
   */
  record Timeouts(Duration birth, Duration send, Duration report) {}

  /**
   * @param asksForBirths whether edge nodes are asked for their births, without which nothing can
   *     be written
   */
  EdgeSession(
      String endpoint,
      BrokerConnection connection,
      KnownEdges edges,
      boolean asksForBirths,
      Timeouts timeouts,
      Clock clock) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.edges = edges;
    this.asksForBirths = asksForBirths;
    this.timeouts = timeouts;
    this.clock = clock;
  }

  @Override
  public void open(Consumer<ProtocolException> lost)
      throws ProtocolException, InterruptedException {
    connection.connect(
        new Listener(),
        cause -> {
          edges.end();
          lost.accept(cause);
        });
    MqttTransport connected = connection.transport();
    subscribe(connected);
    transport = connected;
    if (asksForBirths) {
      edges.nodes().forEach(node -> requestBirths(connected, node));
    }
  }

  private void requestBirths(MqttTransport to, EdgeId node) {
    Metric rebirth = Metric.of(REBIRTH, DataType.BOOLEAN, MetricValue.BooleanValue.TRUE);
    publish(to, node, List.of(rebirth.withTimestamp(now())), result -> {});
  }

  private void subscribe(MqttTransport to) throws ProtocolException, InterruptedException {
    List<Subscription> wanted =
        edges.filters().stream().map(filter -> Subscription.of(filter, 0)).toList();
    for (SubscribeResult result : to.subscribe(wanted)) {
      if (!result.granted()) {
        throw new ProtocolException(
            Kind.CONFIGURATION,
            Scope.CONNECTION,
            "SUBSCRIPTION_REFUSED",
            "the broker refused '"
                + result.subscription().filter()
                + "' with "
                + result.reason()
                + ": allow the user to subscribe to it",
            null);
      }
    }
  }

  @Override
  public WriteTarget target(Device<EdgeId> device, Tag<String> tag)
      throws ProtocolException, InterruptedException {
    Birth birth = edges.awaitBirth(device.settings(), timeouts.birth());
    if (birth == null) {
      // Requests and births are QoS 0, so that either can be lost.
      requestBirths(transport, device.settings().ofNode());
      throw notBorn(device);
    }
    MetricDefinition metric = definition(birth, tag);
    return metric == null
        ? WriteTarget.refused(
            "the birth of "
                + device.settings()
                + " has no metric '"
                + tag.address()
                + "'; correct the line of tag '"
                + tag.name()
                + "'")
        : CommandValues.target(metric.type());
  }

  private static MetricDefinition definition(Birth birth, Tag<String> tag) {
    return birth.find(Metric.of(tag.address(), DataType.UNKNOWN, null));
  }

  private static ProtocolException notBorn(Device<EdgeId> device) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.DEVICE,
        "NOT_BORN",
        device.settings()
            + " is offline: no birth was seen since the connection, or its death; the command is"
            + " tried again until it expires",
        null);
  }

  @Override
  public List<WriteOutcome> write(Device<EdgeId> device, List<TagWrite<String>> writes)
      throws ProtocolException, InterruptedException {
    Birth birth = edges.birth(device.settings());
    if (birth == null) {
      throw notBorn(device);
    }
    List<Metric> metrics = new ArrayList<>();
    List<WriteOutcome> outcomes = new ArrayList<>();
    for (TagWrite<String> write : writes) {
      MetricDefinition definition = definition(birth, write.tag());
      try {
        if (definition == null) {
          throw new IllegalArgumentException("the last birth does not have the metric any more");
        }
        metrics.add(metric(definition, write));
        outcomes.add(null);
      } catch (IllegalArgumentException e) {
        outcomes.add(new WriteOutcome.Rejected(e.getMessage()));
      }
    }
    if (outcomes.stream().anyMatch(Objects::nonNull)) {
      return WriteOutcome.nothingSent(outcomes);
    }
    List<MetricReading> before = new ArrayList<>();
    metrics.forEach(metric -> before.add(edges.value(device.settings(), metric.name())));
    long since = edges.now();
    WriteOutcome sent = send(device.settings(), metrics);
    long end = clock.tick() + timeouts.report().toNanos();
    for (int i = 0, next = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) == null) {
        Value wanted = MetricReading.of(metrics.get(next)).value();
        boolean unchanged = before.get(next) != null && wanted.equals(before.get(next).value());
        outcomes.set(
            i,
            !(sent instanceof WriteOutcome.Done) || timeouts.report().isZero() || unchanged
                ? sent
                : reported(device.settings(), metrics.get(next).name(), wanted, since, end));
        next++;
      }
    }
    return outcomes;
  }

  /** What an edge node does with a command shows in what it reports next. */
  private WriteOutcome reported(EdgeId id, String name, Value wanted, long since, long end) {
    boolean rebirth = name.equals(REBIRTH);
    MetricReading reading;
    try {
      Duration left = Duration.ofNanos(Math.max(0, end - clock.tick()));
      reading = edges.awaitReport(id, name, since, rebirth ? null : wanted, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("INTERRUPTED");
    }
    return outcome(id, name, wanted, reading);
  }

  /**
   * What a report says about a command.
   *
   * @param reading null when there is no report
   */
  static WriteOutcome outcome(EdgeId id, String name, Value wanted, MetricReading reading) {
    if (reading == null) {
      return unknown("NO_REPORT");
    }
    if (name.equals(REBIRTH)) {
      return new WriteOutcome.Done(true, null);
    }
    if (reading.quality() != Quality.GOOD) {
      // A stale value, or none, shows nothing.
      return unknown(reading.status());
    }
    return wanted.equals(reading.value())
        ? new WriteOutcome.Done(true, null)
        : new WriteOutcome.Failed(
            "NOT_TAKEN",
            "after the command, "
                + id
                + " reports another value of '"
                + name
                + "'; see what the edge node allows");
  }

  /**
   * By its name only: an alias can belong to another metric since a birth that is under way, and a
   * command has one of both (tck-id-payloads-alias-data-cmd-requirement).
   */
  private Metric metric(MetricDefinition definition, TagWrite<String> write) {
    Metric metric =
        Metric.of(
                definition.name(),
                definition.type(),
                CommandValues.of(definition.type(), write.value()))
            .withTimestamp(now());
    // Fails here for the one write rather than for all of the command.
    PayloadEncoder.encode(Payload.of(null, null, List.of(metric)));
    return metric;
  }

  private WriteOutcome send(EdgeId id, List<Metric> metrics)
      throws ProtocolException, InterruptedException {
    CompletableFuture<PublishResult> sent = new CompletableFuture<>();
    MqttTransport to = transport;
    if (to == null || !publish(to, id, metrics, sent::complete)) {
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "NOT_CONNECTED",
          "the connection to the broker is busy or has ended; nothing was sent",
          null);
    }
    try {
      PublishResult result = sent.get(timeouts.send().toMillis(), TimeUnit.MILLISECONDS);
      return switch (result.outcome()) {
        case DONE -> new WriteOutcome.Done(false, SENT);
        case REFUSED -> new WriteOutcome.Failed(result.reason(), "the broker refused the command");
        case RETRY -> unknown(result.reason());
      };
    } catch (ExecutionException | TimeoutException e) {
      return unknown("TIMEOUT");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("INTERRUPTED");
    }
  }

  private static WriteOutcome unknown(String status) {
    return new WriteOutcome.Unknown(
        status, "the command may have reached the edge node or not; see the value of the metric");
  }

  /** Commands are QoS 0, not retained, without a sequence number, by the specification. */
  private boolean publish(
      MqttTransport to, EdgeId id, List<Metric> metrics, Consumer<PublishResult> outcome) {
    MessageType type = id.isNode() ? MessageType.NCMD : MessageType.DCMD;
    return to.publish(
        new OutboundMessage(
            new SparkplugTopic(type, id).text(),
            PayloadEncoder.encode(Payload.of(now(), null, metrics)),
            0,
            false,
            MessageProperties.NONE),
        outcome::accept);
  }

  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(clock.epochNanos());
  }

  @Override
  public List<ReadBack> read(Device<EdgeId> device, List<Tag<String>> tags)
      throws ProtocolException {
    if (edges.birth(device.settings()) == null) {
      throw notBorn(device);
    }
    List<ReadBack> values = new ArrayList<>();
    for (Tag<String> tag : tags) {
      MetricReading reading = edges.value(device.settings(), tag.address());
      if (reading == null) {
        values.add(ReadBack.bad("NO_VALUE"));
      } else {
        values.add(
            reading.value() == null || reading.quality() != Quality.GOOD
                ? ReadBack.bad(reading.status())
                : ReadBack.of(reading.value()));
      }
    }
    return values;
  }

  @Override
  public String currentEndpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    edges.end();
    connection.close();
  }

  /** Called by the transport's threads. */
  private final class Listener implements TransportListener {
    /** When the births of edge nodes were requested, by the ticker. Owned by the reading thread. */
    private final Map<EdgeId, Long> requested = new HashMap<>();

    @Override
    public void messageArrived(InboundMessage message) {
      edges.take(message.topic(), message.payload()).ifPresent(this::birthMissed);
    }

    private void birthMissed(EdgeId node) {
      MqttTransport to = transport;
      long tick = clock.tick();
      Long before = requested.get(node);
      if (to != null && asksForBirths && (before == null || tick - before > REQUEST_NANOS)) {
        requested.put(node, tick);
        requestBirths(to, node);
      }
    }

    @Override
    public void connectionLost(ConnectionLoss loss) {
      // The connection tells the runtime.
    }
  }
}
