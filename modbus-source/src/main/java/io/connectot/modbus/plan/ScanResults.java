// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.type.DecodedValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The measurements of one scan. For one thread. */
final class ScanResults {
  private final Measurement[] results;
  private final Clock clock;

  ScanResults(int tags, Clock clock) {
    this.results = new Measurement[tags];
    this.clock = clock;
  }

  /** The values of a response. */
  void decode(Block block, byte[] data) {
    long now = clock.epochNanos();
    for (PlannedTag planned : block.tags()) {
      Tag<ModbusTag> tag = planned.tag();
      DecodedValue decoded =
          tag.address().codec().decode(data, block.offsetOf(planned), tag.scaling());
      results[planned.index()] =
          new Measurement(
              planned.point(), now, now, decoded.value(), decoded.quality(), decoded.status());
    }
  }

  /** Makes all tags of a block BAD. */
  void bad(Block block, String status) {
    long now = clock.epochNanos();
    for (PlannedTag planned : block.tags()) {
      results[planned.index()] = Measurement.bad(planned.point(), now, status);
    }
  }

  /** Makes those tags BAD that have no result. */
  void badWhereMissing(Collection<PlannedTag> tags, Function<PlannedTag, String> statuses) {
    long now = clock.epochNanos();
    for (PlannedTag planned : tags) {
      if (results[planned.index()] == null) {
        results[planned.index()] = Measurement.bad(planned.point(), now, statuses.apply(planned));
      }
    }
  }

  /** The result of a tag; null before it has one. */
  Measurement of(PlannedTag planned) {
    return results[planned.index()];
  }

  /** Replaces the result of a tag. */
  void replace(PlannedTag planned, Measurement result) {
    results[planned.index()] = result;
  }

  /** The first results, by index. */
  List<Measurement> first(int count) {
    return Arrays.asList(results).subList(0, count);
  }
}
