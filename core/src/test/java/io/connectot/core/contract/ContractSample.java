// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.model.Quality;
import java.time.Instant;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A measurement as it reached the worker.
 *
 * @param value null when there is none
 * @param carrier the record it came in
 */
public record ContractSample(
    String device,
    String tag,
    Long value,
    Quality quality,
    Instant timestamp,
    SourceRecord carrier) {

  static ContractSample of(SourceRecord carrier) {
    Struct value = (Struct) carrier.value();
    return new ContractSample(
        value.getString("device"),
        value.getString("tag"),
        value.getInt64("value_long"),
        Quality.valueOf(value.getString("quality")),
        Instant.EPOCH.plusNanos(value.getInt64("event_time_ns")),
        carrier);
  }

  /** Whether it is a value to trust. */
  public boolean isGood() {
    return quality == Quality.GOOD;
  }

  /** Whether the source kept it, rather than live. */
  public boolean isHistorical() {
    return ((Struct) carrier.value()).getBoolean("is_historical");
  }

  /** Whether it says that there is no value. */
  public boolean isBad() {
    return quality == Quality.BAD;
  }
}
