// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

import io.connectot.core.mapping.record.RecordKind;

/** Which headers records have: {@code record.headers}. */
public enum HeadersForm {
  /** What the record is about, in headers {@code ot.*}, and those of the protocol. */
  OT,
  /** Only {@link RecordKind#HEADER}. */
  NONE
}
