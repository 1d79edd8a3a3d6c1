// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import static org.awaitility.Awaitility.await;

import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.model.Value;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.testing.Cable;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.testing.TestClients;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An edge node with a device that takes commands and reports what it made of them, on a broker of
 * its own. The sink's connection to the broker can be cut.
 */
final class EdgeHarness implements WritingDeviceHarness {
  static final EdgeId NODE = EdgeId.ofNode("shop", "press1");
  static final EdgeId DRIVE = NODE.withDevice("drive");

  private final TestBroker broker;
  private final Cable cable;
  private final PayloadDecoder decoder = new PayloadDecoder();
  private final MqttTransport transport;

  /** Of the last session; null before the first. */
  private volatile KnownEdges known;

  // Guarded by this.
  private final Map<String, Long> values = new LinkedHashMap<>();
  private final Map<String, List<Long>> written = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private long seq;
  private final List<InboundMessage> commands = new ArrayList<>();
  private int rebirths;
  private boolean namesNode;
  private boolean hangs;
  private boolean cutsNext;

  EdgeHarness() throws Exception {
    broker = TestBroker.start();
    cable = new Cable(broker.port());
    TAGS.forEach(tag -> values.put(tag, 0L));
    transport =
        new PahoTransportFactory(
                TestClients.settings(MqttVersion.V5, "edge-" + UUID.randomUUID()), Optional.empty())
            .newTransport(
                new BrokerAddress(BrokerAddress.Scheme.TCP, "127.0.0.1", broker.port(), ""),
                Optional.empty());
    transport.connect(new Listener());
    transport.subscribe(
        List.of(
            Subscription.of(new SparkplugTopic(MessageType.NCMD, NODE).text(), 0),
            Subscription.of(new SparkplugTopic(MessageType.DCMD, DRIVE).text(), 0)));
    births();
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + cable.port());
    props.put("mqtt.connect.timeout.ms", "2000");
    props.put("sparkplug.birth.timeout.ms", "2000");
    props.put("sparkplug.report.timeout.ms", "1000");
    props.put("devices.press", DRIVE.path());
    TAGS.forEach(tag -> props.put("tags." + tag, "\"Drive Data/" + tag + "\" device=press"));
    synchronized (this) {
      if (namesNode) {
        props.put("devices.node", NODE.path());
        props.put("tags.rebirth", "\"Node Control/Rebirth\" device=node write=true");
      }
    }
    return props;
  }

  @Override
  public synchronized void start() throws Exception {
    hangs = false;
    cable.plug();
  }

  @Override
  public void stop() {
    cable.unplug();
  }

  @Override
  public synchronized void hang() {
    hangs = true;
  }

  @Override
  public synchronized void cutNextWrite() {
    cutsNext = true;
  }

  @Override
  public synchronized void refuse(String tag) {
    refused.add(tag);
  }

  @Override
  public void set(String tag, int value) {
    synchronized (this) {
      values.put(tag, (long) value);
      report(List.of(tag));
    }
    KnownEdges heard = known;
    if (heard != null && heard.birth(DRIVE) != null) {
      // A sink knows what it was told, and does not ask.
      Value wanted = new Value.LongValue(value);
      await().until(() -> wanted.equals(heard.value(DRIVE, "Drive Data/" + tag).value()));
    }
  }

  /** What the session of the sink hears. */
  KnownEdges known(Collection<EdgeId> ids) {
    known = new KnownEdges(ids);
    return known;
  }

  @Override
  public synchronized long value(String tag) {
    return values.get(tag);
  }

  @Override
  public synchronized List<Long> written(String tag) {
    return List.copyOf(written.getOrDefault(tag, List.of()));
  }

  /** The next sink also has the edge node, as {@code node}, with the tag {@code rebirth}. */
  synchronized void nameNode() {
    namesNode = true;
  }

  /** The commands so far, as they arrived. */
  synchronized List<InboundMessage> commands() {
    return List.copyOf(commands);
  }

  /** How often births were asked for. */
  synchronized int rebirths() {
    return rebirths;
  }

  /** The device dies; the edge node lives. */
  synchronized void die() {
    publish(MessageType.DDEATH, DRIVE, List.of());
  }

  /** The births of the edge node and its device. */
  synchronized void births() {
    seq = 0;
    publish(
        MessageType.NBIRTH,
        NODE,
        List.of(
            Metric.of("bdSeq", DataType.INT64, new MetricValue.LongValue(0)),
            Metric.of("Node Control/Rebirth", DataType.BOOLEAN, MetricValue.BooleanValue.FALSE)));
    List<Metric> metrics = new ArrayList<>();
    for (String tag : TAGS) {
      metrics.add(metric(tag).withAlias((long) TAGS.indexOf(tag)));
    }
    metrics.add(Metric.of("table", DataType.DATASET, new DataSet(List.of(), List.of(), List.of())));
    publish(MessageType.DBIRTH, DRIVE, metrics);
  }

  private Metric metric(String tag) {
    return Metric.of(
        "Drive Data/" + tag, DataType.INT32, new MetricValue.LongValue(values.get(tag)));
  }

  private void report(List<String> tags) {
    List<Metric> metrics = new ArrayList<>();
    for (String tag : tags) {
      metrics.add(metric(tag).withName(null).withAlias((long) TAGS.indexOf(tag)));
    }
    publish(MessageType.DDATA, DRIVE, metrics);
  }

  private void publish(MessageType type, EdgeId id, List<Metric> metrics) {
    Payload payload = Payload.of(1_795_953_600_000L, seq, metrics);
    seq = (seq + 1) % 256;
    transport.publish(
        new OutboundMessage(
            new SparkplugTopic(type, id).text(),
            type == MessageType.DDATA
                ? PayloadEncoder.encodeWithoutTypes(payload)
                : PayloadEncoder.encode(payload),
            0,
            false,
            MessageProperties.NONE),
        result -> {});
  }

  private synchronized void take(InboundMessage message) throws MalformedPayloadException {
    commands.add(message);
    Payload payload = decoder.decode(message.payload());
    if (hangs) {
      return;
    }
    List<String> changed = new ArrayList<>();
    for (Metric metric : payload.metrics()) {
      if (metric.name().equals("Node Control/Rebirth")) {
        rebirths++;
        births();
        return;
      }
      String tag = metric.name().substring("Drive Data/".length());
      if (!refused.contains(tag)) {
        long value = ((MetricValue.LongValue) metric.value()).value();
        values.put(tag, value);
        written.computeIfAbsent(tag, key -> new ArrayList<>()).add(value);
      }
      changed.add(tag);
    }
    if (cutsNext) {
      cutsNext = false;
      cable.cut();
    }
    report(changed);
  }

  @Override
  public void dispose() throws Exception {
    transport.close();
    cable.close();
    broker.close();
  }

  private final class Listener implements TransportListener {
    @Override
    public void messageArrived(InboundMessage message) {
      try {
        take(message);
      } catch (MalformedPayloadException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void connectionLost(ConnectionLoss loss) {
      // The broker is stopping.
    }
  }
}
