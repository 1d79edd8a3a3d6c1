// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import java.util.Locale;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

/** What a record is: the value of the header {@link #HEADER} that every record has. */
@SuppressWarnings("ImmutableEnumChecker") // ConnectHeader is immutable.
public enum RecordKind {
  /** One value, or a row of values. */
  MEASUREMENT,
  /** The state of a device. */
  STATUS,
  /** A span of time for which values are missing. */
  GAP,
  /** An event of a device. */
  EVENT,
  /** What became of a command. */
  RESULT,
  /** A message whose payload is passed through. */
  MESSAGE,
  /** A message that cannot be mapped. */
  DEADLETTER;

  /** The name of the header. */
  public static final String HEADER = "ot.record";

  private final Header header;

  RecordKind() {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(HEADER, name().toLowerCase(Locale.ROOT));
    header = headers.lastWithName(HEADER);
  }

  /** The header; shared by all records of the kind. */
  public Header header() {
    return header;
  }
}
