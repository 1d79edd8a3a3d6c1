// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

import io.connectot.core.mapping.MeasurementSchema;

/** The shape of a record's value: {@code record.layout}. */
public enum RecordLayout {
  /** The normalized record, {@link MeasurementSchema}. */
  MEASUREMENT,
  /** The bare Connect value, everything else in headers. */
  VALUE,
  /** One record per device and scan, one typed field per tag. */
  ROW
}
