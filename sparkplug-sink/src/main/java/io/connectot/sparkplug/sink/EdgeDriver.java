// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WritingDriver;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagLine;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.connection.BrokerList;
import io.connectot.mqtt.connection.TakeOverPolicy;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads lines of edge nodes and metrics, and connects to the broker. The address of a tag is the
 * name of a metric. Thread-safe.
 */
final class EdgeDriver implements WritingDriver<EdgeId, String> {
  private final String endpoint;
  private final BrokerConnection.Client client;
  private final EdgeSession.Timeouts timeouts;
  private final Function<Collection<EdgeId>, KnownEdges> edges;
  private final Clock clock;

  EdgeDriver(
      MqttConnectionConfig connection,
      String clientId,
      EdgeSession.Timeouts timeouts,
      TransportFactory transports,
      Function<Collection<EdgeId>, KnownEdges> edges,
      Clock clock) {
    this.endpoint = connection.endpoint();
    this.client =
        new BrokerConnection.Client(
            new BrokerList(connection.brokers()),
            transports,
            Optional::empty,
            new TakeOverPolicy(clientId),
            clock);
    this.timeouts = timeouts;
    this.edges = edges;
    this.clock = clock;
  }

  @Override
  public ParsedDevice<EdgeId> parseDevice(DeviceLine line) throws LineException {
    String[] levels = line.url().split("/", -1);
    boolean valid = levels.length == 2 || levels.length == 3;
    for (String level : levels) {
      valid &= !level.isBlank() && level.indexOf('+') < 0 && level.indexOf('#') < 0;
    }
    if (!valid) {
      throw new LineException(
          "'" + line.url() + "' must be group/node for an edge node, or group/node/device");
    }
    return new ParsedDevice<>(endpoint, EdgeId.parse(line.url()));
  }

  @Override
  public ParsedTag<String> parseTag(TagLine line) throws LineException {
    if (line.type().isPresent()) {
      throw new LineException(
          "the birth names the type of the metric; remove '"
              + line.type().get()
              + "', or put a name with spaces in double quotes");
    }
    return new ParsedTag<>(line.address(), ValueType.UNKNOWN);
  }

  @Override
  public EdgeSession newWritingSession(
      String newEndpoint, Map<Device<EdgeId>, List<Tag<String>>> devices) {
    List<EdgeId> ids = new ArrayList<>();
    devices.keySet().forEach(device -> ids.add(device.settings()));
    boolean asksForBirths = devices.values().stream().anyMatch(tags -> !tags.isEmpty());
    return new EdgeSession(
        newEndpoint,
        new BrokerConnection(client),
        edges.apply(ids),
        asksForBirths,
        timeouts,
        clock);
  }
}
