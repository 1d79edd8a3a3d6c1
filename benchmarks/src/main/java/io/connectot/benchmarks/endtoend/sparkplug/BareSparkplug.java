// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.mqtt.BareMqtt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/**
 * The contender without a connector: one Paho client, the classes that protobuf generates of the
 * specification, a map of aliases for each edge node, and one producer. Its records are those of
 * the connector. It does not follow sequence numbers and deaths, does not reconnect and has no
 * limit except the producer's own.
 */
final class BareSparkplug implements MqttCallback {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_SIZE = 512;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String endpoint;
  private final String topic;
  private final Producer<String, byte[]> producer;
  private final Map<String, Map<Long, Tag>> aliases = new HashMap<>();

  private record Tag(String device, String name, String path, int type) {}

  private BareSparkplug(String endpoint, String topic, Producer<String, byte[]> producer) {
    this.endpoint = endpoint;
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Runs until its input ends; returns the bytes of heap in use after a collection on request.
   *
   * @param arguments MQTT broker, group, {@code bootstrap.servers}, Kafka topic, tuning
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", arguments[2]);
    config.put("acks", "all");
    config.putAll(ConnectorTuning.valueOf(arguments[4]).producer());
    BareSparkplug program =
        new BareSparkplug(
            arguments[0],
            arguments[3],
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()));
    program.subscribe(arguments[1]);
    ChildJvm.answerParent("ready", BareSparkplug::liveHeap);
    System.exit(0);
  }

  private void subscribe(String group) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient(endpoint, "bare-" + group, new MemoryPersistence());
    client.setCallback(this);
    client.connect().waitForCompletion();
    client.subscribe("spBv1.0/" + group + "/#", 1).waitForCompletion();
  }

  private static String liveHeap() {
    System.gc();
    return Long.toString(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  @Override
  public void messageArrived(String mqttTopic, MqttMessage message) throws Exception {
    long now = System.currentTimeMillis();
    String[] levels = mqttTopic.split("/", -1);
    String device = levels[1] + "/" + levels[3];
    Payload payload = Payload.parseFrom(message.getPayload());
    if (levels[2].equals("NBIRTH")) {
      aliases.put(device, aliases(device, payload));
    }
    Map<Long, Tag> known = aliases.get(device);
    for (Payload.Metric metric : payload.getMetricsList()) {
      Tag tag = metric.hasAlias() ? known.get(metric.getAlias()) : null;
      if (tag != null) {
        send(tag, metric, now);
      }
    }
  }

  private static Map<Long, Tag> aliases(String device, Payload birth) {
    Map<Long, Tag> aliases = new HashMap<>();
    for (Payload.Metric metric : birth.getMetricsList()) {
      if (metric.hasAlias()) {
        String path = "bench/" + device + "/" + metric.getName();
        aliases.put(
            metric.getAlias(), new Tag(device, metric.getName(), path, metric.getDatatype()));
      }
    }
    return aliases;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told of every failure.
  private void send(Tag tag, Payload.Metric metric, long now) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic, null, metric.getTimestamp(), tag.path(), json(tag, metric, now));
    Headers headers = record.headers();
    headers.add("ot.record", "measurement".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.path", tag.path().getBytes(StandardCharsets.UTF_8));
    headers.add("ot.device", tag.device().getBytes(StandardCharsets.UTF_8));
    headers.add("ot.tag", tag.name().getBytes(StandardCharsets.UTF_8));
    headers.add("ot.protocol", "sparkplug".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.connector", "bench".getBytes(StandardCharsets.UTF_8));
    headers.add("ot.endpoint", endpoint.getBytes(StandardCharsets.UTF_8));
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            BareMqtt.exit(failure);
          }
        });
  }

  private static byte[] json(Tag tag, Payload.Metric metric, long now) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("path", tag.path());
      json.writeStringField("device", tag.device());
      json.writeStringField("tag", tag.name());
      json.writeStringField("protocol", "sparkplug");
      json.writeStringField("connector", "bench");
      json.writeNumberField("event_time", metric.getTimestamp());
      json.writeNumberField("event_time_ns", metric.getTimestamp() * NANOS_PER_MILLI);
      json.writeNumberField("ingest_time", now);
      value(json, tag.type(), metric);
      json.writeNullField("value_string");
      json.writeNullField("value_bytes");
      json.writeStringField("quality", "GOOD");
      json.writeNullField("status");
      json.writeNullField("unit");
      json.writeNullField("attributes");
      json.writeBooleanField("is_historical", metric.getIsHistorical());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void value(JsonGenerator json, int type, Payload.Metric metric)
      throws IOException {
    if (type == DataType.Boolean_VALUE) {
      json.writeStringField("type", "BOOLEAN");
      json.writeBooleanField("value_boolean", metric.getBooleanValue());
      json.writeNullField("value_long");
      json.writeNullField("value_double");
    } else if (type == DataType.Int32_VALUE || type == DataType.Int64_VALUE) {
      json.writeStringField("type", type == DataType.Int32_VALUE ? "INT32" : "INT64");
      long value = type == DataType.Int32_VALUE ? metric.getIntValue() : metric.getLongValue();
      json.writeNullField("value_boolean");
      json.writeNumberField("value_long", value);
      json.writeNumberField("value_double", (double) value);
    } else {
      json.writeStringField("type", type == DataType.Float_VALUE ? "FLOAT32" : "FLOAT64");
      json.writeNullField("value_boolean");
      json.writeNullField("value_long");
      json.writeFieldName("value_double");
      if (type == DataType.Float_VALUE) {
        json.writeNumber(metric.getFloatValue());
      } else {
        json.writeNumber(metric.getDoubleValue());
      }
    }
  }

  @Override
  public void connectionLost(Throwable cause) {
    BareMqtt.exit(cause);
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}
}
