// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The contender without a connector: a thread per device that reads, decodes and, if configured,
 * sends to Kafka with one producer with default settings ({@code acks=all}) or with those of a
 * {@link ConnectorTuning}. No reconnection, no verification of replies, no schema, no limit except
 * the producer's own.
 */
final class BareLoop {
  private static final String UNS_PATH = "bench";
  private static final String CONNECTOR = "bench";

  private final Fleet fleet;
  private final Output output;
  private final String topicPrefix;
  private final Producer<String, byte[]> producer;
  private final LongAdder values = new LongAdder();
  private final Callback sent =
      (metadata, failure) -> {
        if (failure != null) {
          exit(failure);
        }
      };

  private BareLoop(
      Fleet fleet, Output output, String topicPrefix, Producer<String, byte[]> producer) {
    this.fleet = fleet;
    this.output = output;
    this.topicPrefix = topicPrefix;
    this.producer = producer;
  }

  /**
   * Runs until its input ends; returns the number of values read on request.
   *
   * @param arguments output, {@code bootstrap.servers}, prefix of topics, ports, fleet, tuning
   */
  public static void main(String[] arguments) throws IOException {
    Output output = Output.valueOf(arguments[0]);
    BareLoop loop =
        new BareLoop(
            Fleet.valueOf(arguments[4]),
            output,
            arguments[2],
            output == Output.NOTHING ? null : producer(arguments));
    List<Thread> threads = new ArrayList<>();
    String[] ports = arguments[3].split(",");
    for (int i = 0; i < ports.length; i++) {
      int port = Integer.parseInt(ports[i]);
      String device = Topics.device(i);
      threads.add(new Thread(() -> loop.run(device, port), device));
    }
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    ChildJvm.answerParent("ready", () -> Long.toString(loop.values.sum()));
  }

  private static Producer<String, byte[]> producer(String[] arguments) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", arguments[1]);
    config.put("acks", "all");
    config.putAll(ConnectorTuning.valueOf(arguments[5]).producer());
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  private void run(String name, int port) {
    JsonRecords json = new JsonRecords(UNS_PATH, name, fleet.protocol(), CONNECTOR);
    String topic = Topics.topic(topicPrefix, name);
    String endpoint = fleet.endpoint(port);
    List<Header> rowHeaders = headers(json.path(), name, null, endpoint);
    List<List<Header>> tagHeaders = new ArrayList<>();
    for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
      tagHeaders.add(headers(json.path(tag), name, ScanRegisters.NAMES.get(tag), endpoint));
    }
    try (BareDevice device = fleet.open(port)) {
      while (true) {
        Scan scan = device.read();
        values.add(ScanRegisters.TAGS);
        switch (output) {
          case NOTHING -> {}
          case ROW -> send(topic, scan, json.path(), json.row(scan), rowHeaders);
          case LEAN_ROW -> send(topic, scan, name, json.leanRow(scan), List.of());
          case MEASUREMENT -> {
            for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
              send(topic, scan, json.path(tag), json.measurement(scan, tag), tagHeaders.get(tag));
            }
          }
          case LEAN_MEASUREMENT -> {
            for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
              send(topic, scan, name, json.leanMeasurement(scan, tag), List.of());
            }
          }
        }
      }
    } catch (Exception e) {
      exit(e);
    }
  }

  // The callback is told of every failure.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(String topic, Scan scan, String key, byte[] value, List<Header> headers) {
    producer.send(new ProducerRecord<>(topic, null, scan.millis(), key, value, headers), sent);
  }

  /** The headers of the connector's records; without a tag, of a row. */
  private List<Header> headers(String path, String device, String tag, String endpoint) {
    List<Header> headers = new ArrayList<>();
    headers.add(header("ot.record", "measurement"));
    headers.add(header("ot.path", path));
    headers.add(header("ot.device", device));
    if (tag != null) {
      headers.add(header("ot.tag", tag));
    }
    headers.add(header("ot.protocol", fleet.protocol()));
    headers.add(header("ot.connector", CONNECTOR));
    headers.add(header("ot.endpoint", endpoint));
    return List.copyOf(headers);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A loop that lost a thread would be measured as a slow loop. */
  private static void exit(Exception cause) {
    cause.printStackTrace();
    System.exit(1);
  }
}
