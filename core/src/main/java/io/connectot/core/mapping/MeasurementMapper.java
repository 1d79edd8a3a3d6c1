// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.IdentityColumns;
import io.connectot.core.mapping.record.JsonText;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.record.UnnamedField;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The {@code measurement} layout: {@link MeasurementSchema}. */
final class MeasurementMapper implements RecordMapper {
  /** Heap of a record without its texts and bytes, counted on a 64-bit JVM. */
  private static final int FIXED_SIZE = 450;

  private final MappingSettings settings;

  MeasurementMapper(MappingSettings settings) {
    this.settings = settings;
  }

  @Override
  public DeviceMapper forDevice(Device<?> device) {
    MappingSettings own = settings.of(device);
    return new PerDevice(own, new PreparedDevice(own, device));
  }

  private static final class PerDevice implements DeviceMapper {
    private final PreparedDevice device;
    private final Schema schema;
    private final Field attributes;
    private final Schema keySchema;
    private final RecordTime time;

    PerDevice(MappingSettings settings, PreparedDevice device) {
      this.device = device;
      this.schema = MeasurementSchema.of(settings.form().attributes());
      this.attributes = UnnamedField.of(schema, "attributes");
      this.keySchema = device.keySchema();
      this.time = new RecordTime(settings.form().timestampMaxAge());
    }

    @Override
    public void map(List<Measurement> scan, List<Measurement> reported, RecordSink sink) {
      for (Measurement measurement : reported) {
        map(measurement, sink);
      }
    }

    @Override
    public void map(Measurement measurement, RecordSink sink) {
      PreparedTag tag = device.of(measurement.point());
      long eventMillis = RecordTime.millis(measurement.timestampNanos());
      long ingestMillis = RecordTime.millis(measurement.receivedNanos());
      Struct struct = new Struct(schema);
      IdentityColumns.put(struct, tag.identity());
      struct.put(MeasurementSchema.EVENT_TIME, time.event(eventMillis));
      struct.put(MeasurementSchema.EVENT_TIME_NS, time.nanos(measurement.timestampNanos()));
      struct.put(MeasurementSchema.INGEST_TIME, time.ingest(ingestMillis));
      struct.put(MeasurementSchema.QUALITY, measurement.quality().name());
      if (measurement.status() != null) {
        struct.put(MeasurementSchema.STATUS, measurement.status());
      }
      if (tag.unit() != null) {
        struct.put(MeasurementSchema.UNIT, tag.unit());
      }
      if (tag.attributes() != null) {
        struct.put(attributes, tag.attributes());
      }
      struct.put(MeasurementSchema.IS_HISTORICAL, measurement.historical());
      int size = FIXED_SIZE;
      Value value = measurement.value();
      if (value != null) {
        size += putValue(struct, value);
      }
      struct.put(MeasurementSchema.TYPE, ConnectTypes.recordType(tag.tag().type(), value).name());
      sink.accept(
          new PreparedRecord(
              tag.topic(),
              keySchema,
              tag.key(),
              schema,
              struct,
              time.kafkaTimestamp(eventMillis, ingestMillis),
              tag.headers().share(),
              size));
    }

    /** Fills the fields of the value and returns how much heap its text or bytes take. */
    private static int putValue(Struct struct, Value value) {
      if (value instanceof DoubleValue v) {
        struct.put(MeasurementSchema.VALUE_DOUBLE, v.value());
        return 0;
      }
      if (value instanceof LongValue v) {
        struct.put(MeasurementSchema.VALUE_LONG, v.value());
        struct.put(MeasurementSchema.VALUE_DOUBLE, (double) v.value());
        return 0;
      }
      if (value instanceof BooleanValue v) {
        struct.put(MeasurementSchema.VALUE_BOOLEAN, v.value());
        return 0;
      }
      if (value instanceof BytesValue v) {
        struct.put(MeasurementSchema.VALUE_BYTES, v.value());
        return v.value().length;
      }
      String text;
      if (value instanceof TextValue v) {
        text = v.value();
      } else if (value instanceof InstantValue v) {
        text = v.value().toString();
        struct.put(MeasurementSchema.VALUE_LONG, v.value().toEpochMilli());
      } else if (value instanceof EnumValue v) {
        text = v.label();
        struct.put(MeasurementSchema.VALUE_LONG, v.value());
        struct.put(MeasurementSchema.VALUE_DOUBLE, (double) v.value());
      } else if (value instanceof BigValue v) {
        text = v.value().toString();
        struct.put(MeasurementSchema.VALUE_DOUBLE, v.value().doubleValue());
      } else {
        text = JsonText.of(value);
      }
      struct.put(MeasurementSchema.VALUE_STRING, text);
      return 2 * text.length();
    }
  }
}
