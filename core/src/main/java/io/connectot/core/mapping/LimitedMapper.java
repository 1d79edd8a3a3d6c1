// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes measurements BAD whose values do not fit a record, so that others of the device go on and
 * Kafka does not refuse the record. Thread-safe.
 */
public final class LimitedMapper implements RecordMapper {
  /** What begins the status. */
  public static final String STATUS = "VALUE_TOO_LARGE";

  private static final Logger LOG = LoggerFactory.getLogger(LimitedMapper.class);

  /** For everything of a record but its values, and for the schema that JsonConverter writes. */
  private static final int RESERVE = 8000;

  private static final int QUOTES = 2;

  private final RecordMapper mapper;
  private final RecordLimit limit;

  /** Whether all values of a scan make one record. */
  private final boolean together;

  /** For the values of a record. */
  private final long room;

  private final AtomicLong count = new AtomicLong();

  /**
   * @param mapper gets what fits
   * @param layout what the mapper makes
   */
  public LimitedMapper(RecordMapper mapper, RecordLayout layout, RecordLimit limit) {
    this.together = layout == RecordLayout.ROW;
    this.mapper = mapper;
    this.limit = limit;
    this.room = limit.maxBytes() - (long) RESERVE;
  }

  @Override
  public DeviceMapper forDevice(Device<?> device) {
    return new PerDevice(mapper.forDevice(device));
  }

  private final class PerDevice implements DeviceMapper {
    private final DeviceMapper next;

    PerDevice(DeviceMapper next) {
      this.next = next;
    }

    @Override
    public void map(Measurement measurement, RecordSink sink) {
      next.map(fits(measurement) ? measurement : bad(measurement), sink);
    }

    @Override
    public void map(List<Measurement> scan, List<Measurement> reported, RecordSink sink) {
      if (surelyFits(scan)) {
        next.map(scan, reported, sink);
        return;
      }
      IdentityHashMap<Measurement, Measurement> bad = tooLarge(scan);
      if (bad.isEmpty()) {
        next.map(scan, reported, sink);
        return;
      }
      List<Measurement> fitting = replace(scan, bad);
      next.map(fitting, reported == scan ? fitting : replace(reported, bad), sink);
    }
  }

  /** Whether all values of a scan fit, even into one record. */
  private boolean surelyFits(List<Measurement> scan) {
    return (together ? atMost(scan) : valuesAtMost(scan)) <= room;
  }

  /** Of a scan, what does not fit and what takes its place. */
  private IdentityHashMap<Measurement, Measurement> tooLarge(List<Measurement> scan) {
    IdentityHashMap<Measurement, Measurement> bad = new IdentityHashMap<>(0);
    for (Measurement measurement : scan) {
      if (!fits(measurement)) {
        bad.put(measurement, bad(measurement));
      }
    }
    if (together && atMost(scan) > room) {
      fitTogether(scan, bad);
    }
    return bad;
  }

  /** Takes the largest values away until the others fit one record. */
  private void fitTogether(List<Measurement> scan, IdentityHashMap<Measurement, Measurement> bad) {
    List<Measurement> bySize = new ArrayList<>(scan);
    bySize.removeIf(measurement -> measurement.value() == null || bad.containsKey(measurement));
    bySize.sort(Comparator.comparingLong(this::inRecord).reversed());
    long size = 0;
    for (Measurement measurement : bySize) {
      size += inRecord(measurement);
    }
    for (Measurement measurement : bySize) {
      if (size <= room) {
        return;
      }
      size -= inRecord(measurement);
      bad.put(measurement, bad(measurement));
    }
  }

  private static long atMost(List<Measurement> scan) {
    long size = valuesAtMost(scan);
    for (int i = 0; i < scan.size(); i++) {
      size += nameSize(scan.get(i));
    }
    return size;
  }

  private static long valuesAtMost(List<Measurement> scan) {
    long size = 0;
    for (int i = 0; i < scan.size(); i++) {
      Value value = scan.get(i).value();
      size += value == null ? 0 : ValueSize.atMost(value);
    }
    return size;
  }

  private long inRecord(Measurement measurement) {
    return nameSize(measurement) + ValueSize.inRecord(measurement.value(), limit.sizes());
  }

  /** In a row a value comes with the name of its column. */
  private static long nameSize(Measurement measurement) {
    return 4L + measurement.tag().name().length();
  }

  private boolean fits(Measurement measurement) {
    Value value = measurement.value();
    return value == null
        || ValueSize.atMost(value) <= room
        || ValueSize.inRecord(value, limit.sizes()) <= room;
  }

  private static List<Measurement> replace(
      List<Measurement> list, IdentityHashMap<Measurement, Measurement> replacements) {
    List<Measurement> replaced = new ArrayList<>(list.size());
    list.forEach(each -> replaced.add(replacements.getOrDefault(each, each)));
    return replaced;
  }

  private Measurement bad(Measurement measurement) {
    long alone = ValueSize.alone(measurement.value());
    long inRecord = ValueSize.inRecord(measurement.value(), limit.sizes());
    String status =
        STATUS
            + " "
            + alone
            + " bytes"
            + (inRecord > alone + QUOTES ? " (" + inRecord + " in a record)" : "")
            + ", "
            + RecordLimit.KEY
            + " is "
            + limit.maxBytes();
    log(measurement, status);
    return measurement.asBad(status);
  }

  /** Logs the first, second, fourth, eighth … value. */
  private void log(Measurement measurement, String status) {
    long number = count.incrementAndGet();
    if (Long.bitCount(number) == 1) {
      LOG.warn(
          "Device {}, tag {}: {}, number {} so far. The measurement is BAD; raise {} together with"
              + " producer.override.max.request.size of the connector and max.message.bytes of the"
              + " topic, or do not read the tag",
          measurement.device().name(),
          measurement.tag().name(),
          status,
          number,
          RecordLimit.KEY);
    }
  }
}
