// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.resume.TransferMemory;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.select.Selection;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeSource;
import io.connectot.opcua.subscription.node.SessionDependencies;
import io.connectot.opcua.subscription.node.ValueSource;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * A task's life with one server: sessions, what they delivered, and what of it is in Kafka. What a
 * session delivered is in Kafka at once unless {@link #hold} is set; then it is only on its way,
 * and lost with the task when {@link #killTask} is called.
 */
public final class EngineRig implements AutoCloseable {
  public static final Device<OpcUaDevice> DEVICE =
      new Device<>(
          "plant", "opc.tcp://plant", new OpcUaDevice(List.of("opc.tcp://plant")), Map.of());

  private final PlantServer plant;
  final DirectSessions sessions;
  private final Map<String, String> config;
  private final Map<String, Tag<OpcUaTag>> tags = new ConcurrentHashMap<>();
  public final List<String> nodes = new ArrayList<>();

  /** What the lines of tags say; of others nothing. Set before the first connection. */
  final Map<String, ItemSettings> items = new HashMap<>();

  /** How all tags are reported. Set before the first connection. */
  volatile ReportPolicy report = ReportPolicy.ALL;

  private final Map<String, Point<OpcUaTag>> points = new HashMap<>();

  /** Whether the nodes say that they have a history. */
  public volatile boolean historyReadable = true;

  /** What the worker knows of the server. */
  private final TransferMemory transfers = new TransferMemory();

  private NodeRegistry registry;
  private ServerSession session;
  private Sink sink;

  /** Guarded by this: what is in Kafka. */
  private final List<SourceEvent> committed = new ArrayList<>();

  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private boolean hold;

  /** Why connections were lost in {@link #connectUntil}. */
  final List<String> causes = new ArrayList<>();

  public EngineRig(PlantServer plant, Map<String, String> config) {
    this.plant = plant;
    this.sessions = new DirectSessions(plant);
    this.config = new HashMap<>(Map.of("opcua.publishing.interval.ms", "50"));
    this.config.put("opcua.keepalive.ms", "500");
    this.config.putAll(config);
    newTask();
  }

  public EngineRig counters(int count) {
    for (int i = 0; i < count; i++) {
      nodes.add(Counters.id(i));
    }
    return this;
  }

  private void newTask() {
    registry =
        new NodeRegistry(
            EndpointPart.WHOLE,
            partitions -> {
              Map<Map<String, String>, Map<String, Object>> found = new HashMap<>();
              synchronized (this) {
                for (Map<String, String> partition : partitions) {
                  Map<String, Object> offset = offsets.get(Map.copyOf(partition));
                  if (offset != null) {
                    found.put(partition, offset);
                  }
                }
              }
              return found;
            },
            !"off".equals(config.get("opcua.resume.mode")),
            url -> transfers);
  }

  /** Connects, as the runtime does. */
  public void connect() throws ProtocolException, InterruptedException {
    Map<String, String> settings = new HashMap<>(config);
    settings.put("opcua.browse.refresh.ms", "0");
    SessionDependencies parts =
        new SessionDependencies(
            sessions,
            new NodeSource() {
              @Override
              public Selection select(UaSession ua, Device<OpcUaDevice> device) {
                return EngineRig.this.selection();
              }

              @Override
              public void forget() {
                // Nothing is kept.
              }
            },
            ua -> new Values(),
            Configuration.parse(OpcUaSourceConfig.KEYS.definition(), settings),
            () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    session = new ServerSession(parts, List.of(DEVICE), registry, "test-");
    sink = new Sink();
    session.start(sink);
  }

  private Selection selection() {
    List<MonitoredNode> selected = new ArrayList<>();
    for (String node : nodes) {
      selected.add(
          new MonitoredNode(
              PlantServer.address(node),
              plant.id(node),
              points.computeIfAbsent(node, name -> new Point<>(DEVICE, tag(name))),
              NodeIds.Int64,
              -1,
              historyReadable));
    }
    return new Selection(selected, List.of());
  }

  private Tag<OpcUaTag> tag(String node) {
    return tags.computeIfAbsent(
        node,
        name ->
            new Tag<>(
                name,
                new OpcUaTag(
                    new NodeAddress.ById(Optional.empty(), 0, "s=" + name),
                    Optional.empty(),
                    items.getOrDefault(name, ItemSettings.DEFAULT)),
                ValueType.INT64,
                Optional.empty(),
                Duration.ofSeconds(1),
                report,
                Scaling.NONE,
                Map.of()));
  }

  private static final class Values implements ValueSource {
    @Override
    public void prepare(Collection<MonitoredNode> selected) {
      // Types are of no interest.
    }

    @Override
    public NodeValues of(MonitoredNode node) {
      return (value, received, position) -> measurement(node, value, received, position);
    }

    @Override
    public void forget() {
      // Types are of no interest.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static Measurement measurement(
      MonitoredNode node,
      DataValue value,
      long received,
      io.connectot.core.model.SourcePosition position) {
    boolean bad = value.statusCode().isBad();
    return new Measurement(
        node.point(),
        0,
        received,
        bad ? null : new Value.LongValue(number(value.value().value())),
        bad ? Quality.BAD : Quality.GOOD,
        null,
        position);
  }

  /** The length of an array. */
  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : Array.getLength(value);
  }

  /** Whether what is delivered stays on its way to Kafka. */
  void hold(boolean value) {
    synchronized (this) {
      hold = value;
    }
    if (!value) {
      sink.commit();
    }
  }

  /** How many events are on their way to Kafka. */
  int onTheWay() {
    synchronized (this) {
      return sink.onTheWay.size();
    }
  }

  /** Ends the session, and waits for what was delivered. */
  public void disconnect() {
    session.close();
    sink.commit();
  }

  /** Ends the session and the task in order, and begins another task. */
  void restartTask() {
    disconnect();
    newTask();
  }

  /**
   * Connects as often as needed until something is so, as the runtime does.
   *
   * @return the number of attempts
   */
  int connectUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int attempts = 1; System.nanoTime() < deadline; attempts++) {
      try {
        connect();
        ProtocolException loss = null;
        while (loss == null && !condition.getAsBoolean() && System.nanoTime() < deadline) {
          loss = sink.losses.poll(20, TimeUnit.MILLISECONDS);
        }
        if (loss == null && condition.getAsBoolean()) {
          return attempts;
        }
        if (loss != null) {
          causes.add(loss.getMessage());
        }
      } catch (ProtocolException e) {
        causes.add(e.getMessage());
      }
      disconnect();
    }
    throw new AssertionError("not so within 60 s; lost connections: " + causes);
  }

  /** Waits until the session says that it is over. */
  ProtocolException awaitLoss() throws InterruptedException {
    return sink.losses.poll(60, TimeUnit.SECONDS);
  }

  /** The task dies: what was delivered and is not in Kafka is lost, and the memory of the task. */
  public void killTask() {
    Sink dying = sink;
    dying.dead = true;
    session.close();
    newTask();
  }

  /** Changes the stored offset of a node, as an operator does while the task is stopped. */
  synchronized void setOffset(String node, Map<String, Object> offset) {
    offsets.put(Map.of("tag", DEVICE.name() + "/" + node), offset);
  }

  /** Deletes all stored offsets, as an operator does while the task is stopped. */
  synchronized void deleteOffsets() {
    offsets.clear();
  }

  /** The numbers of a counter in Kafka, in order. */
  public synchronized List<Long> values(String node) {
    List<Long> values = new ArrayList<>();
    for (SourceEvent event : committed) {
      if (event instanceof Measurement m
          && m.tag().name().equals(node)
          && m.value() instanceof Value.LongValue value) {
        values.add(value.value());
      }
    }
    return values;
  }

  /** The numbers of a counter in Kafka that were read from history. */
  public synchronized List<Long> historicalValues(String node) {
    List<Long> values = new ArrayList<>();
    for (SourceEvent event : committed) {
      if (event instanceof Measurement m
          && m.historical()
          && m.tag().name().equals(node)
          && m.value() instanceof Value.LongValue value) {
        values.add(value.value());
      }
    }
    return values;
  }

  public synchronized List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (SourceEvent event : committed) {
      if (event instanceof Gap gap) {
        gaps.add(gap);
      }
    }
    return gaps;
  }

  synchronized List<Measurement> bad() {
    List<Measurement> bad = new ArrayList<>();
    for (SourceEvent event : committed) {
      if (event instanceof Measurement m && m.quality() == Quality.BAD) {
        bad.add(m);
      }
    }
    return bad;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }

  /** Takes what one session delivers. */
  private final class Sink implements StreamSink {
    final LinkedBlockingQueue<ProtocolException> losses = new LinkedBlockingQueue<>();
    private final List<SourceEvent> onTheWay = new ArrayList<>();
    private final List<Ack> unacknowledged = new ArrayList<>();
    private volatile boolean dead;

    @Override
    public void deliver(List<Message> messages) throws InterruptedException {
      synchronized (EngineRig.this) {
        if (dead) {
          throw new InterruptedException("the connection is over");
        }
        for (Message message : messages) {
          unacknowledged.add(message.ack());
          onTheWay.addAll(message.events());
        }
      }
      if (!hold) {
        commit();
      }
    }

    void commit() {
      List<Ack> done;
      synchronized (EngineRig.this) {
        if (dead) {
          return;
        }
        done = List.copyOf(unacknowledged);
        unacknowledged.clear();
        for (SourceEvent event : onTheWay) {
          committed.add(event);
          var position = event.position();
          if (position != null) {
            offsets.put(Map.copyOf(position.partition()), new HashMap<>(position.offset()));
          }
        }
        onTheWay.clear();
      }
      done.forEach(Ack::delivered);
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      losses.add(cause);
    }

    @Override
    public void finished() {
      throw new AssertionError("not a former part");
    }
  }
}
