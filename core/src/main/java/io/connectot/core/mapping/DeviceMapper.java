// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.model.Measurement;
import java.util.List;

/**
 * Maps the measurements of one device. Keeps the parts that are the same in every record of a tag,
 * so it is made once per device and kept. For one thread at a time, with a happens-before edge
 * between calls.
 */
public interface DeviceMapper {

  /**
   * Makes the records of one batch.
   *
   * @param scan everything that was read, of this device only
   * @param reported what of it is worth a record: {@code scan} itself, or part of it in its order.
   *     A row holds the whole scan as soon as one value is reported; the other layouts make one
   *     record per reported measurement
   * @param sink receives the records in order
   * @throws org.apache.kafka.connect.errors.DataException when a tag that no configuration names
   *     makes an illegal topic
   */
  void map(List<Measurement> scan, List<Measurement> reported, RecordSink sink);

  /** Makes the records of one measurement that came by itself and is reported. */
  default void map(Measurement measurement, RecordSink sink) {
    List<Measurement> alone = List.of(measurement);
    map(alone, alone, sink);
  }
}
