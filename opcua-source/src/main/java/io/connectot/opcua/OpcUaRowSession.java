// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.UaSessionFactory;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.config.PublishedNodes;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.select.NodeSelector;
import io.connectot.opcua.select.RequestBatches;
import io.connectot.opcua.select.Selection;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.node.ValueSource;
import io.connectot.opcua.subscription.node.ValueSource.NodeValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * One session with a server that is read scan by scan (OPC UA Part 4 §5.11.2). For one thread,
 * except {@link #close}.
 */
final class OpcUaRowSession implements PollingSession<OpcUaDevice, OpcUaTag> {
  private final UaSessionFactory sessions;
  private final String endpoint;
  private final Configuration config;
  private final Function<UaSession, ValueSource> valueSources;

  /** The columns of each group of points that is read together. */
  private final IdentityHashMap<List<Point<OpcUaTag>>, Columns> groups = new IdentityHashMap<>();

  /** Both null before the connection. */
  private volatile UaSession session;

  private volatile ValueSource values;

  /** Why the session is over; null while it is not. */
  private volatile ProtocolException loss;

  private volatile boolean closed;

  /**
   * What of a group can be read.
   *
   * @param requests of the nodes that exist
   * @param readers of their values, in the same order
   * @param indexes of their points in the group
   * @param missing the status of each point without a node, by its index
   * @param retryNanos when missing nodes are looked for again, by the system's ticker
   */
  private record Columns(
      List<ReadValueId> requests,
      List<NodeValues> readers,
      List<Integer> indexes,
      Map<Integer, String> missing,
      long retryNanos) {}

  /**
   * @param valueSources decodes the values of a session
   */
  OpcUaRowSession(
      UaSessionFactory sessions,
      String endpoint,
      Configuration config,
      Function<UaSession, ValueSource> valueSources) {
    this.sessions = sessions;
    this.endpoint = endpoint;
    this.config = config;
    this.valueSources = valueSources;
  }

  @Override
  public void connect() throws ProtocolException {
    end();
    try {
      UaSession opened = sessions.open();
      loss = null;
      opened.onLoss(cause -> loss = cause);
      values = valueSources.apply(opened);
      session = opened;
    } catch (InterruptedException e) {
      throw stopped(e);
    }
    if (closed) {
      end();
    }
  }

  @Override
  public List<Measurement> read(Device<OpcUaDevice> device, List<Point<OpcUaTag>> points)
      throws ProtocolException {
    ProtocolException lost = loss;
    UaSession current = session;
    if (lost != null || current == null) {
      throw lost != null ? lost : stopped(null);
    }
    try {
      Columns columns = groups.get(points);
      if (columns == null
          || (!columns.missing.isEmpty() && System.nanoTime() - columns.retryNanos >= 0)) {
        columns = columns(current, device, points);
        groups.put(points, columns);
      }
      return read(current, columns, points);
    } catch (InterruptedException e) {
      throw stopped(e);
    }
  }

  private static List<Measurement> read(
      UaSession session, Columns columns, List<Point<OpcUaTag>> points)
      throws ProtocolException, InterruptedException {
    List<DataValue> read =
        new RequestBatches(session, session.limits().read())
            .ask(
                columns.requests,
                some -> session.services().readAsync(0, TimestampsToReturn.Both, some),
                ReadResponse::getResults);
    long received = Clock.SYSTEM.epochNanos();
    Measurement[] scan = new Measurement[points.size()];
    for (int i = 0; i < read.size(); i++) {
      scan[columns.indexes.get(i)] = columns.readers.get(i).read(read.get(i), received, null);
    }
    columns.missing.forEach(
        (index, status) -> scan[index] = Measurement.bad(points.get(index), received, status));
    return List.of(scan);
  }

  /** Finds the nodes of a group. */
  private Columns columns(
      UaSession session, Device<OpcUaDevice> device, List<Point<OpcUaTag>> points)
      throws ProtocolException, InterruptedException {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < points.size(); i++) {
      indexes.put(points.get(i).tag().name(), i);
    }
    Selection selection =
        new NodeSelector(
                config,
                PublishedNodes.NONE,
                Map.of(device, points.stream().map(Point::tag).toList()),
                System::nanoTime)
            .select(session, device);
    Duration retry = config.get(OpcUaSubscriptionConfig.BAD_NODE_RETRY);
    Columns columns =
        new Columns(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new HashMap<>(),
            System.nanoTime() + retry.toNanos());
    selection
        .missing()
        .forEach(
            missing -> columns.missing.put(indexes.get(missing.tag().name()), missing.status()));
    ValueSource decoders = values;
    decoders.prepare(selection.nodes());
    for (MonitoredNode node : selection.nodes()) {
      int index = indexes.get(node.tag().name());
      columns.indexes.add(index);
      columns.readers.add(decoders.of(node.of(points.get(index))));
      columns.requests.add(
          new ReadValueId(
              node.nodeId(),
              AttributeId.Value.uid(),
              node.tag().address().item().indexRange().orElse(null),
              QualifiedName.NULL_VALUE));
    }
    return columns;
  }

  private ProtocolException stopped(InterruptedException cause) {
    if (cause != null) {
      Thread.currentThread().interrupt();
    }
    return new ProtocolException(
        Kind.TRANSIENT, Scope.CONNECTION, "STOPPED", endpoint + ": there is no session", cause);
  }

  @Override
  public String currentEndpoint() {
    UaSession current = session;
    return current == null ? endpoint : current.url();
  }

  @Override
  public void close() {
    closed = true;
    end();
  }

  private void end() {
    UaSession old = session;
    session = null;
    if (old != null) {
      old.close();
    }
    ValueSource source = values;
    values = null;
    if (source != null) {
      source.close();
    }
    if (!closed) {
      groups.clear();
    }
  }
}
