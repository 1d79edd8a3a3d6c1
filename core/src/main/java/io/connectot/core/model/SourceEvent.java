// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/** What a source tells: a value, something that happened, or news of a device or of a gap. */
public sealed interface SourceEvent permits Measurement, DeviceEvent, DeviceStatus, Gap {
  /** The device it concerns. */
  Device<?> device();

  /** Where it stands in its source; null when the source cannot go on from there. */
  default SourcePosition position() {
    return null;
  }
}
