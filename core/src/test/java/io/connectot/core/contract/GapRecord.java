// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.time.Instant;
import java.util.Date;
import org.apache.kafka.connect.data.Struct;

/** A gap as it reached the worker. */
record GapRecord(String device, Instant from, Instant to, String cause) {
  static GapRecord of(Struct value) {
    return new GapRecord(
        value.getString("device"),
        ((Date) value.get("gap_start")).toInstant(),
        ((Date) value.get("gap_end")).toInstant(),
        value.getString("cause"));
  }
}
