// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.model.ValueType;
import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import io.connectot.plc4x.adapter.PlcAddress;

/**
 * What a tag line says.
 *
 * @param address as the driver read it
 * @param subscription when it is delivered, where it is subscribed to
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
