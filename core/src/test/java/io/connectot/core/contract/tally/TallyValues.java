// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Value.LongValue;
import java.time.Instant;
import java.util.OptionalLong;

/** Makes measurements of counts. */
final class TallyValues {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private TallyValues() {}

  /**
   * A count as it was received just now.
   *
   * @param count empty when the device has no such counter
   */
  static Measurement of(Point<Integer> point, OptionalLong count) {
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    return count.isPresent()
        ? Measurement.good(point, nanos, new LongValue(count.getAsLong()))
        : Measurement.bad(point, nanos, TallyErrors.NO_SUCH_COUNTER);
  }
}
