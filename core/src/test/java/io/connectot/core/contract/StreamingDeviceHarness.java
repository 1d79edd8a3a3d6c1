// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

/** A device that speaks first, and knows what of it was acknowledged. */
public interface StreamingDeviceHarness extends DeviceHarness {

  /** How many messages it has sent that the connector has not acknowledged. */
  int unacknowledged();
}
