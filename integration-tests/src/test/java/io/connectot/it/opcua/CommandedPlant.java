// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.AttributeId;

/** A server that counts the requests that write, and the connector that sends them. Thread-safe. */
final class CommandedPlant implements AutoCloseable {
  private final Site site;
  private final String name;
  private final PlantServer plant = PlantServer.start();

  /** Runs when the server has written a value, before it answers. */
  private volatile LongConsumer whenWritten = value -> {};

  /** Requests by the value that they wrote. */
  private final Map<Long, List<Integer>> requests = new ConcurrentHashMap<>();

  /** The values in the order of their first requests. Guarded by this. */
  private final List<Long> order = new ArrayList<>();

  /**
   * @param name of the connector and of the topic of its commands
   */
  CommandedPlant(Site site, String name) {
    this.site = site;
    this.name = name;
    UaVariableNode node =
        (UaVariableNode)
            plant
                .server()
                .getAddressSpaceManager()
                .getManagedNode(plant.id("Scalars.Int64"))
                .orElseThrow();
    node.addAttributeObserver(
        (changed, attribute, value) -> {
          if (attribute == AttributeId.Value) {
            long number = ((Number) plant.value("Scalars.Int64").value().value()).longValue();
            written(number, plant.faults().requests(Service.ATTRIBUTE_WRITE));
            whenWritten.accept(number);
          }
        });
  }

  /** The server reports each write twice. */
  private synchronized void written(long value, int request) {
    List<Integer> all = requests.computeIfAbsent(value, unused -> new ArrayList<>());
    if (all.isEmpty()) {
      order.add(value);
    }
    if (!all.contains(request)) {
      all.add(request);
    }
  }

  String name() {
    return name;
  }

  void whenWritten(LongConsumer action) {
    whenWritten = action;
  }

  /** The requests that wrote a value, by the value. */
  Map<Long, List<Integer>> requests() {
    return requests;
  }

  /** The record of a command that writes a number. */
  ProducerRecord<String, String> command(long number) {
    return new ProducerRecord<>(
        name, "press", "{\"device\":\"press\",\"tag\":\"number\",\"value\":" + number + "}");
  }

  /** The values in the order of their first requests. */
  synchronized List<Long> order() {
    return List.copyOf(order);
  }

  synchronized int size() {
    return order.size();
  }

  long twice() {
    return requests.values().stream().filter(all -> all.size() > 1).count();
  }

  @Override
  public void close() {
    site.rest().delete(name);
    plant.close();
  }

  /** The connector's configuration. */
  Map<String, String> config(boolean once) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.opcua.OpcUaSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", name);
    // The group waits so long for a worker that was killed.
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "2000");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("devices.press", plant.url());
    config.put("tags.number", PlantServer.address("Scalars.Int64") + " write=true");
    config.put("command.ttl.ms", "3600000");
    config.put("result.topic", name + ".results");
    config.put("result.producer.bootstrap.servers", site.bootstrapServers());
    if (once) {
      config.put("write.delivery", "at-most-once");
      config.put("command.journal.topic", name + ".journal");
    }
    config.put("opcua.pki.dir", "target/pki");
    config.put("opcua.trust.auto.accept", "true");
    config.put("validate.connection", "false");
    config.put("reconnect.backoff.ms", "100");
    config.put("consumer.override.auto.offset.reset", "earliest");
    return config;
  }

  /** Creates the topics of commands, of results and of the journal. */
  void createTopics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, 1, (short) 1),
                  new NewTopic(name + ".results", 1, (short) 1),
                  new NewTopic(name + ".journal", 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }
}
