// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.mqtt.config.BrokerAddress;
import java.util.List;

/** Which broker to try next. A broker that worked is tried first when it is lost. One thread. */
public final class BrokerList {
  private final List<BrokerAddress> brokers;
  private int current;
  private int failures;

  /**
   * @param brokers in the order in which to try them; at least one
   */
  public BrokerList(List<BrokerAddress> brokers) {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("no broker");
    }
    this.brokers = List.copyOf(brokers);
  }

  /** The one to try now. */
  public BrokerAddress current() {
    return brokers.get(current);
  }

  /** The current one works. */
  public void succeeded() {
    failures = 0;
  }

  /**
   * The current one does not work.
   *
   * @return whether none does, so that it is time for a pause
   */
  public boolean failed() {
    current = (current + 1) % brokers.size();
    failures++;
    if (failures < brokers.size()) {
      return false;
    }
    failures = 0;
    return true;
  }
}
