// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.RowSchema.Column;
import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.record.SharedHeaders;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code row} layout: one record per device and scan, as {@link RowSchema} describes it. */
final class RowMapper implements RecordMapper {
  private static final Logger log = LoggerFactory.getLogger(RowMapper.class);

  /** Heap of a row without its tags, counted on a 64-bit JVM. */
  private static final int FIXED_SIZE = 450;

  /** Heap of a number and of a tag's entry in the quality map. */
  private static final int TAG_SIZE = 60;

  private final MappingSettings settings;
  private final RowSchema schema;

  RowMapper(MappingSettings settings, RowSchema schema) {
    this.settings = settings;
    this.schema = schema;
  }

  @Override
  public DeviceMapper forDevice(Device<?> device) {
    return new PerDevice(settings.form(), schema, new PreparedDevice(settings, device));
  }

  private static final class PerDevice implements DeviceMapper {
    private final RowSchema schema;
    private final RecordIdentity identity;
    private final Object attributes;
    private final SharedHeaders headers;
    private final Schema keySchema;
    private final String key;
    private final String topic;
    private final RecordTime time;
    private final ScanQualities scanQualities = new ScanQualities();
    private final Set<Tag<?>> warned = new HashSet<>();

    /** The tags of the last scan in its order, and their columns: mostly those of the next. */
    private Tag<?>[] tags = new Tag<?>[0];

    private Column[] columns = new Column[0];

    PerDevice(RecordForm form, RowSchema schema, PreparedDevice device) {
      this.schema = schema;
      this.identity = device.identity();
      this.attributes = device.attributes();
      this.headers = device.headers();
      this.time = new RecordTime(form.timestampMaxAge());
      this.keySchema = device.keySchema();
      this.key = device.key();
      this.topic = device.topic();
    }

    @Override
    public void map(List<Measurement> scan, List<Measurement> reported, RecordSink sink) {
      if (reported.isEmpty()) {
        return;
      }
      Struct row = new Struct(schema.schema());
      Quality[] qualities = new Quality[scan.size()];
      if (columns.length != qualities.length) {
        tags = new Tag<?>[qualities.length];
        columns = new Column[qualities.length];
      }
      long nanos = Long.MIN_VALUE;
      long receivedNanos = Long.MIN_VALUE;
      boolean historical = false;
      int size = FIXED_SIZE;
      for (int i = 0; i < qualities.length; i++) {
        Measurement measurement = scan.get(i);
        nanos = Math.max(nanos, measurement.timestampNanos());
        receivedNanos = Math.max(receivedNanos, measurement.receivedNanos());
        Quality quality = measurement.quality();
        if (measurement.value() != null && !put(row, measurement, column(i, measurement.tag()))) {
          quality = Quality.BAD;
        }
        qualities[i] = quality;
        historical |= measurement.historical();
        size += TAG_SIZE;
      }
      long eventMillis = RecordTime.millis(nanos);
      long ingestMillis = RecordTime.millis(receivedNanos);
      IdentityColumns.put(row, identity);
      row.put(schema.eventTime, time.event(eventMillis));
      row.put(schema.eventTimeNanos, nanos);
      row.put(schema.ingestTime, time.ingest(ingestMillis));
      scanQualities.update(scan, qualities);
      row.put(schema.quality, scanQualities.worst().name());
      row.put(schema.tagQualities, scanQualities.notGood());
      row.put(schema.attributes, attributes);
      row.put(schema.isHistorical, historical);
      sink.accept(
          new PreparedRecord(
              topic,
              keySchema,
              key,
              schema.schema(),
              row,
              time.kafkaTimestamp(eventMillis, ingestMillis),
              headers.share(),
              size));
    }

    /** The column of the tag at an index of the scan. */
    private Column column(int index, Tag<?> tag) {
      if (!tag.equals(tags[index])) {
        columns[index] = knownColumn(tag);
        tags[index] = tag;
      }
      return columns[index];
    }

    private Column knownColumn(Tag<?> tag) {
      Column column = schema.column(tag);
      if (column == null) {
        throw new DataException(
            "record.layout=row: device "
                + identity.device()
                + " has a tag '"
                + tag.name()
                + "' that the configuration does not name; use record.layout=measurement");
      }
      return column;
    }

    /** Whether the value is of the column's type. */
    private boolean put(Struct row, Measurement measurement, Column column) {
      Tag<?> tag = measurement.tag();
      Object object = ConnectTypes.convert(column.type(), measurement.value());
      if (object == null) {
        if (warned.add(tag)) {
          log.warn(
              "Device {}, tag {}: a value is not of its type {}, its column stays empty with"
                  + " quality BAD. Correct the type on the tag's line.",
              identity.device(),
              tag.name(),
              column.type().configName());
        }
        return false;
      }
      row.put(column.field(), object);
      return true;
    }
  }
}
