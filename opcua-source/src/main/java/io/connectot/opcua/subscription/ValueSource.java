// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.select.MonitoredNode;
import java.util.Collection;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/** Makes measurements and events of what a server says, for one session. Thread-safe. */
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
   * @param changes told of events that concern nodes
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  default List<EventMonitor> events(ModelChangeListener changes)
      throws ProtocolException, InterruptedException {
    return List.of();
  }

  /** Forgets the types, because the server says that one has changed. */
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
     * @param position where it stands; null for none
     */
    Measurement read(DataValue value, long receivedNanos, SourcePosition position);
  }
}
