// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.select.MonitoredNode;
import java.util.Collection;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/** Decodes the values and events of one session. Thread-safe. */
public interface ValueSource extends AutoCloseable {

  /**
   * Reads what has to be known of the nodes' types, before their values come.
   *
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  void prepare(Collection<MonitoredNode> nodes) throws ProtocolException, InterruptedException;

  /** What reads the values of one node, of which it was prepared. */
  NodeValues of(MonitoredNode node);

  /**
   * Begins to read the events of the session, where any are wanted. Creates nothing yet.
   *
   * @param changes is notified of model change events
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  default List<EventMonitor> events(ModelChangeListener changes)
      throws ProtocolException, InterruptedException {
    return List.of();
  }

  /** Forgets the types, because the server reports that one changed. */
  void forget();

  @Override
  void close();

  /** Makes measurements of the values of one node. */
  @FunctionalInterface
  interface NodeValues {
    /**
     * The measurement of a value.
     *
     * @param receivedNanos when it came, epoch nanoseconds
     * @param position its position in the source; null for none
     */
    Measurement read(DataValue value, long receivedNanos, SourcePosition position);
  }
}
