// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.benchmarks.endtoend.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The contender without a connector: one Paho client with manual acknowledgement and one producer
 * with default settings. It sends a message to Kafka on arrival and acknowledges it in the
 * producer's callback; its records are those of the connector, including six headers. It does not
 * reconnect, has no limit except the broker's window, and does not keep the order of its
 * acknowledgements.
 */
public final class BareMqtt {
  private static final List<Header> CONSTANT =
      List.of(header("mqtt.qos", "1"), header("mqtt.retain", "false"), header("mqtt.dup", "false"));

  private final String endpoint;
  private final String topic;
  private final MqttPayload format;
  private final Producer<String, byte[]> producer;

  /** Acknowledges a message to the broker; called on the producer's thread. */
  @FunctionalInterface
  public interface Acknowledgement {
    void send() throws Exception;
  }

  private BareMqtt(
      String endpoint, String topic, MqttPayload format, Producer<String, byte[]> producer) {
    this.endpoint = endpoint;
    this.topic = topic;
    this.format = format;
    this.producer = producer;
  }

  /**
   * Runs until its input ends; returns the bytes of heap in use after a collection on request.
   *
   * @param arguments version of MQTT, MQTT broker, root of MQTT topics, {@code bootstrap.servers},
   *     Kafka topic, payload
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", arguments[3]);
    config.put("acks", "all");
    BareMqtt program =
        new BareMqtt(
            arguments[1],
            arguments[4],
            MqttPayload.valueOf(arguments[5]),
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()));
    if (arguments[0].equals("3")) {
      BareMqttV3.subscribe(program, arguments[1], arguments[2]);
    } else {
      BareMqttV5.subscribe(program, arguments[1], arguments[2]);
    }
    ChildJvm.answerParent("ready", BareMqtt::liveHeap);
    System.exit(0);
  }

  /** Sends a message to Kafka. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told of every failure.
  public void take(String mqttTopic, byte[] payload, Acknowledgement acknowledgement) {
    producer.send(
        format == MqttPayload.JSON ? measurement(mqttTopic, payload) : message(mqttTopic, payload),
        (metadata, failure) -> {
          if (failure != null) {
            exit(failure);
          }
          try {
            acknowledgement.send();
          } catch (Exception e) {
            exit(e);
          }
        });
  }

  private ProducerRecord<String, byte[]> message(String mqttTopic, byte[] payload) {
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(topic, null, System.currentTimeMillis(), mqttTopic, payload);
    message.headers().add(header("ot.record", "message"));
    addHeaders(message, mqttTopic);
    return message;
  }

  private ProducerRecord<String, byte[]> measurement(String mqttTopic, byte[] payload) {
    long now = System.currentTimeMillis();
    int end = mqttTopic.lastIndexOf('/');
    String device = mqttTopic.substring(0, end);
    String tag = mqttTopic.substring(end + 1);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic, null, now, mqttTopic, JsonMessages.measurement(mqttTopic, payload, now));
    record.headers().add(header("ot.record", "measurement"));
    record.headers().add(header("ot.path", mqttTopic));
    record.headers().add(header("ot.device", device));
    record.headers().add(header("ot.tag", tag));
    addHeaders(record, mqttTopic);
    return record;
  }

  private void addHeaders(ProducerRecord<String, byte[]> record, String mqttTopic) {
    record.headers().add(header("ot.protocol", "mqtt"));
    record.headers().add(header("ot.connector", "bench"));
    record.headers().add(header("ot.endpoint", endpoint));
    record.headers().add(header("mqtt.topic", mqttTopic));
    CONSTANT.forEach(record.headers()::add);
  }

  /** A program that lost its connection would be measured as a slow program. */
  public static void exit(Throwable cause) {
    cause.printStackTrace();
    System.exit(1);
  }

  private static String liveHeap() {
    System.gc();
    return Long.toString(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
