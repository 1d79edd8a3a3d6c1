// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.OffsetReader;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.host.HostMachine;
import io.connectot.sparkplug.host.Moment;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.source.HostConfig;
import io.connectot.sparkplug.source.SparkplugSourceConfig;
import io.connectot.sparkplug.source.record.EdgeRecords;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.topic.MessageType;
import io.connectot.sparkplug.topic.SparkplugTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thousand edge nodes with a hundred metrics each; prints what they take. */
class ManyNodesTest {
  private static final String SERVER = "tcp://broker:1883";
  private static final int NODES = 1_000;
  private static final int METRICS = 100;

  private final SparkplugSourceConfig config = new SparkplugSourceConfig(props());
  private final HostMachine machine = new HostMachine(HostConfig.settings(config.keys()));
  private final EdgeRecords records = new EdgeRecords(config.mapping(), ReportPolicy.ALL);
  private final PayloadDecoder decoder = new PayloadDecoder();

  private static Map<String, String> props() {
    Map<String, String> props = new HashMap<>();
    props.put("topic", "plant");
    props.put("mqtt.brokers", SERVER);
    props.put("sparkplug.host.id", "scada");
    props.put("sparkplug.role", "active");
    props.put("sparkplug.groups", "plant");
    return props;
  }

  private static byte[] birth(int node) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      metrics.add(
          Metric.of("Line " + node + "/Motor/m" + i, DataType.INT32, new MetricValue.LongValue(i))
              .withAlias((long) i));
    }
    return PayloadEncoder.encode(Payload.of(1_795_914_262_000L, 0L, metrics));
  }

  private int send(MessageType type, int node, byte[] payload) throws Exception {
    List<SourceEvent> events = new ArrayList<>();
    Moment now = new Moment(System.currentTimeMillis() * 1_000_000, System.nanoTime());
    machine.message(
        new SparkplugTopic(type, EdgeId.ofNode("plant", "node" + node)),
        decoder.decode(payload),
        SERVER,
        now.epochNanos(),
        now,
        event -> records.map(event, SERVER, events));
    return (int) events.stream().filter(Measurement.class::isInstance).count();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aThousandNodesAreBornAndReadByAlias() throws Exception {
    records.restore("scada", OffsetReader.NONE, SERVER);
    List<byte[]> births = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      births.add(birth(node));
    }
    long before = usedHeap();
    long start = System.nanoTime();
    int born = 0;
    for (int node = 0; node < NODES; node++) {
      born += send(MessageType.NBIRTH, node, births.get(node));
    }
    long took = System.nanoTime() - start;
    long each = (usedHeap() - before) / (NODES * METRICS);
    System.out.printf(
        "%d births of %d metrics: %d ms, %d bytes of heap a metric%n",
        NODES, METRICS, took / 1_000_000, each);
    assertThat(born).isEqualTo(NODES * METRICS);
    assertThat(records.size()).isEqualTo(NODES);

    byte[] data =
        PayloadEncoder.encodeWithoutTypes(
            Payload.of(
                1_795_914_263_000L,
                1L,
                List.of(
                    Metric.of(null, DataType.INT32, new MetricValue.LongValue(7)).withAlias(99L))));
    int read = 0;
    for (int node = 0; node < NODES; node++) {
      read += send(MessageType.NDATA, node, data);
    }
    assertThat(read).isEqualTo(NODES);
  }
}
