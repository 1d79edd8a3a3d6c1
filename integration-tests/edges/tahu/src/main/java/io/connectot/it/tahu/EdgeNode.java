// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.tahu;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.tahu.SparkplugInvalidTypeException;
import org.eclipse.tahu.edge.EdgeClient;
import org.eclipse.tahu.edge.api.MetricHandler;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.EdgeNodeDescriptor;
import org.eclipse.tahu.message.model.MessageType;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.eclipse.tahu.message.model.SparkplugBPayloadMap;
import org.eclipse.tahu.message.model.SparkplugBPayloadMap.SparkplugBPayloadMapBuilder;
import org.eclipse.tahu.message.model.SparkplugDescriptor;
import org.eclipse.tahu.message.model.StatePayload;
import org.eclipse.tahu.message.model.Topic;
import org.eclipse.tahu.model.MqttServerDefinition;
import org.eclipse.tahu.mqtt.ClientCallback;
import org.eclipse.tahu.mqtt.MqttClientId;
import org.eclipse.tahu.mqtt.MqttServerName;
import org.eclipse.tahu.mqtt.MqttServerUrl;

/**
 * An edge node with ten counters on one device, which all have the number of the scan. Without the
 * primary host it stores scans, and sends them as historical values when the host is back.
 */
final class EdgeNode implements MetricHandler, ClientCallback {
  private static final String NAMESPACE = "spBv1.0";
  private static final String DEVICE = "meter";
  private static final String REBIRTH = "Node Control/Rebirth";
  private static final int COUNTERS = 10;
  private static final int FORWARD_MILLIS = 50;
  private static final int SCANS_PER_PAYLOAD = 20;
  private static final long REBIRTH_DELAY_MILLIS = 1000;
  private static final int KEEP_ALIVE_SECONDS = 10;

  private final EdgeNodeDescriptor descriptor;
  private final String host;

  /** Null for an edge node without metrics that commands change. */
  private final Setpoints setpoints;

  private final EdgeClient client;
  private final ClientLoop loop;
  private final ScheduledExecutorService scans = Executors.newSingleThreadScheduledExecutor();

  /**
   * Held while a scan is published and while the client handles a message, so that no scan is
   * published between the births; the client's own lock may be taken then.
   */
  private final Object publishing = new Object();

  // All of these under the lock of this object, which is not held while the client is called.
  private final Queue<Scan> store = new ArrayDeque<>();
  private ScheduledFuture<?> scanning;
  private boolean online;
  private long stored;
  private int number;
  private long bdSeq = -1;

  private record Scan(int number, Date time) {}

  EdgeNode(String url, String group, String node, String host, Setpoints setpoints)
      throws Exception {
    this.setpoints = setpoints;
    this.descriptor = new EdgeNodeDescriptor(group, node);
    this.host = host.equals("-") ? null : host;
    MqttServerDefinition server =
        new MqttServerDefinition(
            new MqttServerName("broker"),
            new MqttClientId(group + "-" + node, false),
            new MqttServerUrl(url),
            null,
            null,
            KEEP_ALIVE_SECONDS,
            null);
    this.client =
        new EdgeClient(
            this,
            descriptor,
            List.of(DEVICE),
            this.host,
            true,
            REBIRTH_DELAY_MILLIS,
            List.of(server),
            this,
            null);
    this.loop = new ClientLoop(client);
  }

  void start() {
    loop.start();
    Future<?> unused =
        scans.scheduleWithFixedDelay(
            this::forward, FORWARD_MILLIS, FORWARD_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void run(int millis) {
    scanning = scans.scheduleAtFixedRate(this::scan, 0, millis, TimeUnit.MILLISECONDS);
  }

  synchronized void pause() {
    scanning.cancel(false);
    say("paused " + number);
  }

  void stop() {
    loop.stop();
    scans.shutdownNow();
    client.shutdown();
  }

  private void scan() {
    synchronized (publishing) {
      boolean ready = isReady();
      Scan scan;
      synchronized (this) {
        scan = new Scan(++number, new Date());
        if (!online || !ready || !store.isEmpty()) {
          store.add(scan);
          return;
        }
      }
      publish(List.of(scan), false);
    }
  }

  /** The client drops what it is given before it knows that the host is online. */
  private boolean isReady() {
    return client.isConnected() && (host == null || client.isConnectedToPrimaryHost());
  }

  private void publish(List<Scan> scans, boolean historical) {
    SparkplugBPayloadBuilder payload = new SparkplugBPayloadBuilder().setTimestamp(new Date());
    for (Scan scan : scans) {
      for (Metric metric : counters(scan, historical)) {
        payload.addMetric(metric);
      }
    }
    client.publishDeviceData(DEVICE, payload.createPayload());
  }

  private static List<Metric> counters(Scan scan, boolean historical) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < COUNTERS; i++) {
      metrics.add(
          metric(
              new MetricBuilder("Counters/c" + i, MetricDataType.Int32, scan.number())
                  .timestamp(scan.time())
                  .isHistorical(historical ? true : null)));
    }
    return metrics;
  }

  private static Metric metric(MetricBuilder builder) {
    try {
      return builder.createMetric();
    } catch (SparkplugInvalidTypeException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Topic getDeathTopic() {
    return new Topic(NAMESPACE, descriptor, MessageType.NDEATH);
  }

  @Override
  public synchronized byte[] getDeathPayloadBytes() throws Exception {
    bdSeq = (bdSeq + 1) % 256;
    SparkplugBPayload payload =
        new SparkplugBPayloadBuilder()
            .setTimestamp(new Date())
            .addMetric(bdSeqMetric())
            .createPayload();
    return new SparkplugBPayloadEncoder().getBytes(payload, true);
  }

  private synchronized Metric bdSeqMetric() {
    return metric(new MetricBuilder("bdSeq", MetricDataType.Int64, bdSeq).timestamp(new Date()));
  }

  @Override
  public void publishBirthSequence() {
    try {
      SparkplugBPayloadMap birth =
          new SparkplugBPayloadMapBuilder()
              .setTimestamp(new Date())
              .addMetric(bdSeqMetric())
              .addMetric(
                  metric(
                      new MetricBuilder(REBIRTH, MetricDataType.Boolean, false)
                          .timestamp(new Date())))
              .createPayload();
      client.publishNodeBirth(birth);
    } catch (SparkplugInvalidTypeException e) {
      throw new IllegalStateException(e);
    }
    SparkplugBPayloadBuilder device = new SparkplugBPayloadBuilder().setTimestamp(new Date());
    device.addMetrics(counters(new Scan(lastNumber(), new Date()), false));
    if (setpoints != null) {
      device.addMetrics(setpoints.all());
    }
    client.publishDeviceBirth(DEVICE, device.createPayload());
    say("born");
    setOnline();
  }

  private synchronized void setOnline() {
    online = true;
  }

  private synchronized int lastNumber() {
    return number;
  }

  private void forward() {
    synchronized (publishing) {
      List<Scan> scans = isReady() ? nextStored() : List.of();
      if (scans.isEmpty()) {
        return;
      }
      for (; !scans.isEmpty(); scans = nextStored()) {
        publish(scans, true);
      }
    }
    say("stored " + storedCount());
  }

  private synchronized long storedCount() {
    return stored;
  }

  /** What is to be forwarded next. */
  private synchronized List<Scan> nextStored() {
    List<Scan> scans = new ArrayList<>();
    while (online && !store.isEmpty() && scans.size() < SCANS_PER_PAYLOAD) {
      scans.add(store.remove());
      stored++;
    }
    return scans;
  }

  @Override
  public boolean hasMetric(SparkplugDescriptor owner, String name) {
    return true;
  }

  @Override
  public void messageArrived(
      MqttServerName server,
      MqttServerUrl url,
      MqttClientId clientId,
      String topic,
      MqttMessage message) {
    try {
      loop.awaitConnected();
      if (topic.startsWith(NAMESPACE + "/STATE/")) {
        state(topic.substring((NAMESPACE + "/STATE/").length()), message.getPayload());
      } else if (topic.contains("CMD/")) {
        command(topic, message.getPayload());
      }
    } catch (Exception e) {
      throw new IllegalStateException(topic, e);
    }
  }

  private void state(String id, byte[] payload) throws Exception {
    StatePayload state = new ObjectMapper().readValue(payload, StatePayload.class);
    synchronized (publishing) {
      if (id.equals(host)) {
        say(state.isOnline() ? "online" : "offline");
        if (!state.isOnline()) {
          // Before the client disconnects, so that no scan is lost between.
          setOffline();
        }
      }
      client.handleStateMessage(id, state);
    }
  }

  private void setOffline() {
    synchronized (publishing) {
      synchronized (this) {
        online = false;
      }
    }
  }

  private void command(String topic, byte[] bytes) throws Exception {
    SparkplugBPayload payload = new SparkplugBPayloadDecoder().buildFromByteArray(bytes, null);
    for (Metric metric : payload.getMetrics()) {
      say("command " + topic + " " + metric.getName() + " " + metric.getValue());
      if (metric.getName().equals(REBIRTH)) {
        synchronized (publishing) {
          client.handleRebirthRequest(true);
        }
      } else if (setpoints != null) {
        report(setpoints.take(metric));
      }
    }
  }

  private void report(List<Metric> changed) {
    if (!changed.isEmpty()) {
      SparkplugBPayloadBuilder payload = new SparkplugBPayloadBuilder().setTimestamp(new Date());
      payload.addMetrics(changed);
      synchronized (publishing) {
        client.publishDeviceData(DEVICE, payload.createPayload());
      }
    }
  }

  @Override
  public void connectionLost(
      MqttServerName server, MqttServerUrl url, MqttClientId clientId, Throwable cause) {
    setOffline();
  }

  @Override
  public void connectComplete(
      boolean reconnect, MqttServerName server, MqttServerUrl url, MqttClientId clientId) {
    // The births follow when the client has subscribed.
  }

  @Override
  public void shutdown() {
    // Nothing to do.
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
