// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.source.runtime.GapLog;

/** What is kept of one device of a stream. For one thread at a time. */
final class StreamChannel {
  private final DeviceMapper mapper;
  private final RecordPipeline pipeline;
  private final GapLog gaps;

  StreamChannel(Device<?> device, RecordPipeline pipeline) {
    this.mapper = pipeline.mapper().forDevice(device);
    this.pipeline = pipeline;
    this.gaps = new GapLog(device.name());
  }

  /** Makes the record of a value that is reported. */
  void map(Measurement measurement, RecordSink sink) {
    mapper.map(measurement, sink);
  }

  /** Makes the record of a gap. */
  void map(Gap gap, RecordSink sink) {
    gaps.add(gap);
    pipeline.map(gap, sink);
  }

  /** Logs gaps when it is time. */
  void logGapsIfDue() {
    if (!gaps.isEmpty()) {
      gaps.logIfDue(pipeline.clock().tick());
    }
  }

  /** Logs the gaps that were not logged yet. */
  void logGaps() {
    gaps.log();
  }
}
