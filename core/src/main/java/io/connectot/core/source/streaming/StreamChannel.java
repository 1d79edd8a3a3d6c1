// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.filter.ReportFilter;
import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.source.runtime.GapLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is kept of one device of a streaming session from message to message. For one thread at a
 * time.
 */
final class StreamChannel {
  private final Device<?> device;
  private final DeviceMapper mapper;
  private final RecordPipeline outlet;
  private final GapLog gaps;
  private final ReportFilter filter = new ReportFilter();
  private final Set<Tag<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  StreamChannel(Device<?> device, RecordPipeline outlet) {
    this.device = device;
    this.mapper = outlet.mapper().forDevice(device);
    this.outlet = outlet;
    this.gaps = new GapLog(device.name());
  }

  /** Maps events of this device in order, keeping neighbouring measurements together. */
  void map(List<? extends SourceEvent> events, RecordBatch batch) {
    List<Measurement> measurements = new ArrayList<>(events.size());
    for (SourceEvent event : events) {
      if (event instanceof Measurement measurement) {
        measurements.add(measurement);
        seen.add(measurement.tag());
      } else {
        mapMeasurements(measurements, batch);
        measurements.clear();
        if (event instanceof DeviceEvent happened) {
          int first = batch.size();
          outlet.map(happened, batch);
          // With the last record: a tombstone may come after the event.
          if (happened.position() != null && batch.size() > first) {
            batch.position(batch.size() - 1, happened.position());
          }
        } else if (event instanceof DeviceStatus status) {
          outlet.map(status, batch);
        } else if (event instanceof Gap gap) {
          gaps.add(gap);
          outlet.map(gap, batch);
        }
      }
    }
    mapMeasurements(measurements, batch);
    gaps.logIfDue(outlet.clock().tick());
  }

  /** Turns every tag that was seen BAD, once. */
  void turnBad(long nanos, String status, RecordBatch batch) {
    logGaps();
    List<Measurement> bad = filter.allBad(device, List.copyOf(seen), nanos, status);
    if (!bad.isEmpty()) {
      outlet.count(bad);
      mapper.map(bad, bad, batch);
    }
  }

  /** Logs the gaps that were not logged yet. */
  void logGaps() {
    gaps.log();
  }

  /** Makes the next value of every tag count as new. */
  void reset() {
    filter.reset();
  }

  private void mapMeasurements(List<Measurement> measurements, RecordBatch batch) {
    if (measurements.isEmpty()) {
      return;
    }
    outlet.count(measurements);
    List<Measurement> reported = filter.report(measurements);
    if (!reported.isEmpty()) {
      int first = batch.size();
      mapper.map(measurements, reported, batch);
      position(reported, first, batch);
    }
  }

  /** Streams have no layout in which several measurements share a record. */
  private static void position(List<Measurement> reported, int first, RecordBatch batch) {
    for (int i = 0; i < reported.size(); i++) {
      SourcePosition position = reported.get(i).position();
      if (position != null) {
        batch.position(first + i, position);
      }
    }
  }
}
