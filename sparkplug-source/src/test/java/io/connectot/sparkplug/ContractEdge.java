// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.contract.StreamingDeviceHarness;
import io.connectot.mqtt.testing.Proxy;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.sparkplug.testing.SimulatedEdge;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** An edge node that waits for its host, behind a broker that the host can reach or not. */
final class ContractEdge implements StreamingDeviceHarness {
  static final String HOST = "scada";
  static final EdgeId ID = EdgeId.ofNode("plant", DEVICE);

  private final TestBroker broker;
  private final SimulatedEdge edge;

  /** Null while away. */
  private Proxy way;

  private int port;

  ContractEdge() throws Exception {
    broker = TestBroker.start();
    edge = new SimulatedEdge(SimulatedEdge.local(broker.port()), ID, TAGS, HOST);
    edge.connect();
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + port);
    props.put("sparkplug.host.id", HOST);
    props.put("sparkplug.role", "active");
    props.put("sparkplug.groups", "plant");
    props.put("sparkplug.rebirth.min.interval.ms", "100");
    props.put("quality.on.disconnect", "true");
    return props;
  }

  @Override
  public void start() throws Exception {
    way = new Proxy(port, broker.port());
    port = way.port();
  }

  @Override
  public void stop() {
    if (way != null) {
      way.close();
      way = null;
    }
  }

  @Override
  public void set(String tag, int value) throws Exception {
    edge.publish(TAGS.indexOf(tag), value);
  }

  @Override
  public OptionalInt connections() {
    return OptionalInt.empty();
  }

  /** Sparkplug has no acknowledgements. */
  @Override
  public int unacknowledged() {
    return 0;
  }

  @Override
  public void dispose() {
    stop();
    edge.close();
    broker.close();
  }
}
