// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

/** Is notified when the server reports a change of its nodes. Thread-safe. */
public interface ModelChangeListener {

  /** Nodes came or went, or refer to others now. */
  void nodesChanged();

  /** What values mean has changed: types, units, ranges. */
  void typesChanged();
}
