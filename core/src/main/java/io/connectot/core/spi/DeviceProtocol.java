// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * Device settings of a protocol that is spoken in several ways: the protocol name in the records of
 * the device instead of {@link Protocol#name}.
 */
public interface DeviceProtocol {
  /** The protocol's name and what the device speaks, e.g. {@code plc4x:s7}. */
  String protocol();
}
