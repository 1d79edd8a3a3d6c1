// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.ValueType;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.PlcAddress;

/**
 * A tag line.
 *
 * @param address the parsed address
 * @param subscription when it is delivered in subscribe mode
 */
public record Plc4xTag(PlcAddress address, SubscriptionKind subscription) {
  /** The type of its values, before scaling. */
  public ValueType valueType() {
    return address.type().tagType(address.array());
  }

  @Override
  public String toString() {
    return address.text();
  }
}
