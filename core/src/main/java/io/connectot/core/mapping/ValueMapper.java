// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * The {@code value} layout: the bare Connect value, everything else in headers.
 *
 * <p>The schema is that of the tag's declared type. A value that is not of it keeps its own type
 * rather than being cut to fit.
 */
final class ValueMapper implements RecordMapper {
  /** Heap of a record with its headers but without its value, counted on a 64-bit JVM. */
  private static final int FIXED_SIZE = 450;

  private static final int ELEMENT_SIZE = 24;

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
      Schema schema;
      Object object;
      if (value == null) {
        InferredSchema known = tag.inferred();
        schema = known == null ? ConnectTypes.schema(tag.tag().type()) : known.schema();
        object = null;
      } else if (value instanceof ArrayValue || value instanceof StructValue) {
        InferredSchema shape = shape(tag, value);
        schema = shape.schema();
        object = shape.convert(value);
      } else {
        schema = ConnectTypes.schema(tag.tag().type());
        object = ConnectTypes.convert(tag.tag().type(), value);
        if (object == null) {
          schema = ConnectTypes.schema(ConnectTypes.natural(value));
          object = ConnectTypes.convert(ConnectTypes.natural(value), value);
        }
      }
      sink.accept(
          new PreparedRecord(
              tag.topic(),
              keySchema,
              tag.key(),
              schema,
              object,
              time.kafkaTimestamp(
                  RecordTime.millis(measurement.timestampNanos()),
                  RecordTime.millis(measurement.receivedNanos())),
              headers(tag, measurement),
              FIXED_SIZE + size(value)));
    }

    private static InferredSchema shape(PreparedTag tag, Value value) {
      InferredSchema known = tag.inferred();
      if (known != null && known.convert(value) != null) {
        return known;
      }
      InferredSchema shape = InferredSchema.of(value);
      if (known != null) {
        InferredSchema widened = InferredSchema.widen(known, shape);
        shape = widened.convert(value) == null ? shape : widened;
      }
      tag.inferred(shape);
      return shape;
    }

    private ConnectHeaders headers(PreparedTag tag, Measurement measurement) {
      ConnectHeaders headers = tag.headers().duplicate();
      if (!hasHeaders) {
        return headers;
      }
      headers.add(RecordHeaders.quality(measurement.quality()));
      headers.add(
          RecordHeaders.type(ConnectTypes.recordType(tag.tag().type(), measurement.value())));
      headers.addLong(RecordHeaders.EVENT_TIME_NS, measurement.timestampNanos());
      headers.addLong(RecordHeaders.INGEST_TIME_NS, measurement.receivedNanos());
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
