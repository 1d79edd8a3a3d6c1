// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.PreparedRecord;
import io.connectot.core.mapping.RecordSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps the records of a message until all of it is read. For one thread. */
final class StagedRecords implements RecordSink {
  private final List<PreparedRecord> records = new ArrayList<>();

  @Override
  public void accept(PreparedRecord made) {
    records.add(made);
  }

  /** Hands them on in their order. */
  void flushTo(RecordSink sink) {
    records.forEach(sink::accept);
  }
}
