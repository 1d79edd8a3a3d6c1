// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.RequestChunks;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.subscription.delivery.ReadSchedule;
import io.connectot.opcua.subscription.delivery.ValueHandler;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.NodeMonitor;
import io.connectot.opcua.subscription.node.NodeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * Reads all nodes, each at its tag's interval (OPC UA Part 4 §5.11.2), for servers without
 * subscriptions. A value with the same timestamp as the last one is dropped, except as heartbeat.
 */
final class PollLoop implements NodeMonitor {
  /** New nodes are read, and a changed clock is noticed, after this time at the latest. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of a node that the server's response leaves out. */
  private static final DataValue NO_RESULT =
      new DataValue(new StatusCode(StatusCodes.Bad_UnknownResponse));

  private final UaSession session;
  private final ReadSchedule times = new ReadSchedule();
  private final ValueHandler handler;
  private final LongSupplier epochNanos;

  /** Changed by the thread that takes care of nodes. */
  private final List<NodeState> states = new CopyOnWriteArrayList<>();

  PollLoop(UaSession session, ValueHandler handler, LongSupplier epochNanos) {
    this.session = session;
    this.handler = handler;
    this.epochNanos = epochNanos;
  }

  @Override
  public List<NodeState> monitor(List<NodeState> more) {
    states.addAll(more);
    return more;
  }

  @Override
  public void remove(Collection<NodeState> gone) {
    states.removeAll(gone);
  }

  /**
   * Runs until the connection is over. A scan that took longer than the interval is followed by the
   * next one at once.
   *
   * @throws ProtocolException when the server does not answer any more
   * @throws InterruptedException when the session is closed
   */
  void run() throws ProtocolException, InterruptedException {
    while (true) {
      List<NodeState> due = times.take(states, epochNanos.getAsLong());
      RequestChunks.send(due, session.limits().read(), this::read);
      long left = times.nanosToNext(epochNanos.getAsLong());
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LONGEST_PAUSE_NANOS));
    }
  }

  private void read(List<NodeState> chunk) throws ProtocolException, InterruptedException {
    List<ReadValueId> ids = new ArrayList<>(chunk.size());
    for (NodeState state : chunk) {
      ids.add(
          new ReadValueId(
              state.node().nodeId(),
              AttributeId.Value.uid(),
              state.node().tag().address().item().indexRange().orElse(null),
              QualifiedName.NULL_VALUE));
    }
    DataValue[] values =
        session.await(session.services().readAsync(0, TimestampsToReturn.Both, ids)).getResults();
    int results = values == null ? 0 : values.length;
    if (results < chunk.size() && chunk.size() > 1) {
      throw RequestChunks.incomplete(session.url(), results, chunk.size());
    }
    long received = epochNanos.getAsLong();
    InFlightNotification scan = new InFlightNotification(null, 0);
    handler.batch().begin(scan);
    for (int i = 0; i < chunk.size(); i++) {
      DataValue value = i < results ? values[i] : NO_RESULT;
      handler.value(chunk.get(i), value, NotificationPosition.NONE, received, scan, false);
    }
    handler.batch().end();
    handler.batch().flush();
  }
}
