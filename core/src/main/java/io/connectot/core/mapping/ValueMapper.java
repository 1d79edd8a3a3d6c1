// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.InferredSchema.ScalarShape;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordHeaders;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.record.RecordTime;
import io.connectot.core.mapping.record.TimeHeader;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code value} layout: the bare Connect value, everything else in headers.
 *
 * <p>A tag keeps one schema, as one topic and key have one in a registry: that of its declared
 * type. A value that is not of it is BAD and left out. A tag of unknown type is text: a text as it
 * is, anything else in JSON. The schema of arrays and structures is that of the values; it follows
 * numbers that get wider, parts that were missing, and a structure whose fields change.
 */
final class ValueMapper implements RecordMapper {
  private static final Logger log = LoggerFactory.getLogger(ValueMapper.class);

  /** Heap of a record with its headers but without its value, counted on a 64-bit JVM. */
  private static final int FIXED_SIZE = 450;

  private static final int ELEMENT_SIZE = 24;

  /** Those that most values have beside what is the same in all records of a tag. */
  private static final int HEADERS_PER_VALUE = 5;

  private final MappingSettings settings;

  ValueMapper(MappingSettings settings) {
    this.settings = settings;
  }

  @Override
  public DeviceMapper forDevice(Device<?> device) {
    MappingSettings own = settings.of(device);
    return new PerDevice(own.form(), new PreparedDevice(own, device));
  }

  private static final class PerDevice implements DeviceMapper {
    private final PreparedDevice device;
    private final Schema keySchema;
    private final RecordTime time;
    private final TimeHeader eventTime = new TimeHeader(RecordHeaders.EVENT_TIME_NS);
    private final TimeHeader ingestTime = new TimeHeader(RecordHeaders.INGEST_TIME_NS);
    private final boolean hasHeaders;

    PerDevice(RecordForm form, PreparedDevice device) {
      this.device = device;
      this.keySchema = device.keySchema();
      this.time = new RecordTime(form.timestampMaxAge());
      this.hasHeaders = form.headers() == HeadersForm.OT;
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
      Value value = measurement.value();
      InferredSchema shape = shape(tag, value);
      Object object = value == null ? null : shape.convert(value);
      Measurement sent =
          value != null && object == null ? mismatched(tag, shape, measurement) : measurement;
      sink.accept(
          new PreparedRecord(
              tag.topic(),
              keySchema,
              tag.key(),
              shape.schema(),
              object,
              time.kafkaTimestamp(
                  RecordTime.millis(measurement.timestampNanos()),
                  RecordTime.millis(measurement.receivedNanos())),
              headers(tag, sent),
              FIXED_SIZE + size(value)));
    }

    /** The schema of a tag, which may only change as far as its values allow. */
    private static InferredSchema shape(PreparedTag tag, Value value) {
      InferredSchema known = tag.inferred();
      if (known == null) {
        known = InferredSchema.of(tag.tag().type());
        if (value == null) {
          // Some sources only know a type with a value.
          return known;
        }
        tag.inferred(known);
      }
      if (value == null || known instanceof ScalarShape || known.convert(value) != null) {
        return known;
      }
      boolean single = !(value instanceof ArrayValue || value instanceof StructValue);
      InferredSchema latest = single ? new ScalarShape(ValueType.JSON) : InferredSchema.of(value);
      Optional<InferredSchema> evolved = InferredSchema.evolve(known, latest);
      if (evolved.isEmpty() || evolved.get().convert(value) == null) {
        return known;
      }
      tag.inferred(evolved.get());
      return evolved.get();
    }

    private Measurement mismatched(PreparedTag tag, InferredSchema shape, Measurement measurement) {
      String status =
          "TYPE_MISMATCH the value is "
              + ConnectTypes.recordType(ValueType.UNKNOWN, measurement.value())
              + ", the tag "
              + (shape instanceof ScalarShape scalar ? scalar.type() : "an array or structure");
      if (tag.warnOnce()) {
        log.warn(
            "Device {}, tag {}: {}. Such values are BAD without a value, as a topic has one schema"
                + " per tag in record.layout=value. Correct the type on the tag's line, or use"
                + " record.layout=measurement.",
            tag.identity().device(),
            tag.tag().name(),
            status);
      }
      return measurement.asBad(status);
    }

    private Headers headers(PreparedTag tag, Measurement measurement) {
      if (!hasHeaders) {
        return tag.headers().share();
      }
      Headers headers = tag.headers().extend(HEADERS_PER_VALUE);
      headers.add(RecordHeaders.quality(measurement.quality()));
      headers.add(
          RecordHeaders.type(ConnectTypes.recordType(tag.tag().type(), measurement.value())));
      headers.add(eventTime.of(measurement.timestampNanos()));
      headers.add(ingestTime.of(measurement.receivedNanos()));
      headers.add(RecordHeaders.historical(measurement.historical()));
      if (measurement.value() instanceof EnumValue value) {
        headers.addString(RecordHeaders.LABEL, value.label());
      }
      if (measurement.status() != null) {
        headers.addString(RecordHeaders.STATUS, measurement.status());
      }
      return headers;
    }

    private static int size(Value value) {
      if (value instanceof TextValue v) {
        return 2 * v.value().length();
      }
      if (value instanceof BytesValue v) {
        return v.value().length;
      }
      int size = 0;
      if (value instanceof ArrayValue v) {
        for (Value element : v.elements()) {
          size += ELEMENT_SIZE + size(element);
        }
      } else if (value instanceof StructValue v) {
        for (Value field : v.fields().values()) {
          size += ELEMENT_SIZE + size(field);
        }
      }
      return size;
    }
  }
}
