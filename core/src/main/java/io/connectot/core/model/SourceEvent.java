// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/** What a source delivers: a value, an event, a status of a device, a gap, or a finished record. */
public sealed interface SourceEvent
    permits Measurement, DeviceEvent, DeviceStatus, Gap, RecordEvent {

  /** Its position in the source; null when the source cannot resume. */
  default SourcePosition position() {
    return null;
  }
}
