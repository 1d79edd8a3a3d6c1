// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

import java.time.Duration;

/**
 * The form of records that is the same in every layout.
 *
 * @param attributes how they carry the attributes of devices and tags
 * @param headers which headers they have
 * @param timestampMaxAge how much older than its receipt a value may be for its time to become the
 *     Kafka timestamp
 */
public record RecordForm(AttributesForm attributes, HeadersForm headers, Duration timestampMaxAge) {
  /** What a configuration that says nothing gets. */
  public static final RecordForm DEFAULT =
      new RecordForm(AttributesForm.JSON, HeadersForm.OT, Duration.ofDays(1));
}
