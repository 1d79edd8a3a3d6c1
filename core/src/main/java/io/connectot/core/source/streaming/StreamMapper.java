// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.filter.ReportFilter;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.RecordDecorator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the records of the messages of one stream, over all its connections. For one thread at a
 * time.
 */
final class StreamMapper {
  /** Devices that no configuration names are forgotten when there are more; they are made anew. */
  private static final int MOST_DISCOVERED = 10_000;

  private final RecordPipeline pipeline;
  private final ReportFilter filter;

  /** Those the stream was made for. */
  private final Map<Device<?>, StreamChannel> channels = new LinkedHashMap<>();

  private final Map<Device<?>, StreamChannel> discovered = new HashMap<>();

  /** The device of the last event, and its channel; null before the first. */
  private Device<?> lastDevice;

  private StreamChannel lastChannel;

  /** Of the values of the message under way. */
  private long values;

  private long bad;
  private long newest;

  /**
   * @param listsPoints whether {@link #turnBad} is to be called
   */
  StreamMapper(List<? extends Device<?>> devices, RecordPipeline pipeline, boolean listsPoints) {
    this.pipeline = pipeline;
    this.filter = new ReportFilter(listsPoints);
    devices.forEach(device -> channels.put(device, new StreamChannel(device, pipeline)));
  }

  /**
   * Makes the records of a message, in the order of its events.
   *
   * @param tick now, by the ticker
   */
  void map(Message message, long tick, RecordBatch batch) {
    RecordDecorator decorator = message.decorator();
    for (SourceEvent event : message.events()) {
      if (event instanceof PreparedRecord made) {
        position(made.position(), batch);
        batch.accept(made);
      } else if (event instanceof Measurement measurement) {
        int first = batch.size();
        map(measurement, tick, batch);
        if (decorator != RecordDecorator.NONE) {
          batch.decorate(first, decorator);
        }
      } else if (event instanceof DeviceEvent happened) {
        map(happened, batch);
      } else if (event instanceof DeviceStatus status) {
        pipeline.map(status, batch);
      } else if (event instanceof Gap gap) {
        channel(gap.device()).map(gap, batch);
      }
    }
    count();
  }

  private void map(Measurement measurement, long tick, RecordBatch batch) {
    values++;
    if (measurement.quality() == Quality.BAD) {
      bad++;
    } else {
      newest = Math.max(newest, measurement.receivedNanos());
    }
    if (filter.report(measurement, tick)) {
      position(measurement.position(), batch);
      channel(measurement.device()).map(measurement, batch);
    }
  }

  private void map(DeviceEvent event, RecordBatch batch) {
    int first = batch.size();
    pipeline.map(event, batch);
    // With the last record: a tombstone may come after the event.
    if (event.position() != null && batch.size() > first) {
      batch.position(batch.size() - 1, event.position());
    }
  }

  /** Sets the position of the next record. */
  private static void position(SourcePosition position, RecordBatch batch) {
    if (position != null) {
      batch.position(batch.size(), position);
    }
  }

  private void count() {
    if (values > 0) {
      pipeline.count(values, bad, newest);
      values = 0;
      bad = 0;
      newest = 0;
    }
    if (lastChannel != null) {
      lastChannel.logGapsIfDue();
    }
  }

  /** Turns every point that was reported since {@link #reset} BAD, once. */
  void turnBad(long nanos, String status, RecordBatch batch) {
    logGaps();
    List<Measurement> turned = filter.allBad(nanos, status, pipeline.clock().tick());
    if (!turned.isEmpty()) {
      pipeline.count(turned);
      for (Measurement measurement : turned) {
        channel(measurement.device()).map(measurement, batch);
      }
    }
  }

  /** Makes the next value of every point count as new. */
  void reset() {
    filter.reset();
  }

  /** Logs the gaps that were not logged yet. */
  void logGaps() {
    channels.values().forEach(StreamChannel::logGaps);
  }

  /** Devices in a row are one instance; another instance that is equal only costs a look-up. */
  @SuppressWarnings("ReferenceEquality")
  private StreamChannel channel(Device<?> device) {
    if (device != lastDevice) {
      StreamChannel known = channels.get(device);
      lastChannel = known == null ? discovered(device) : known;
      lastDevice = device;
    }
    return lastChannel;
  }

  private StreamChannel discovered(Device<?> device) {
    if (discovered.size() >= MOST_DISCOVERED) {
      discovered.clear();
    }
    return discovered.computeIfAbsent(device, found -> new StreamChannel(found, pipeline));
  }
}
