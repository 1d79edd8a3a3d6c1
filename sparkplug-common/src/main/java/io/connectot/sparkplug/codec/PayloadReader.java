// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.ArrayBytes;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.Template;
import io.connectot.sparkplug.payload.TypedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one payload. Used by one thread, once. */
final class PayloadReader {
  private final MessageInput in;
  private final PropertiesReader properties;
  private final DataSetReader dataSets;

  PayloadReader(byte[] bytes, DecoderLimits limits) {
    this.in = new MessageInput(bytes, limits);
    this.properties = new PropertiesReader(in);
    this.dataSets = new DataSetReader(in);
  }

  Payload read() throws MalformedPayloadException {
    try {
      return payload();
    } catch (IOException e) {
      throw new MalformedPayloadException("not a Sparkplug B payload: " + e.getMessage(), e);
    }
  }

  private Payload payload() throws IOException, MalformedPayloadException {
    Long timestamp = null;
    Long seq = null;
    String uuid = null;
    byte[] body = null;
    List<Metric> metrics = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.PAYLOAD_METRICS && in.isDelimited()) {
        metrics.add(metric());
      } else if (field == Fields.PAYLOAD_TIMESTAMP && in.isVarint()) {
        timestamp = in.number();
      } else if (field == Fields.PAYLOAD_SEQ && in.isVarint()) {
        seq = in.number();
      } else if (field == Fields.PAYLOAD_UUID && in.isDelimited()) {
        uuid = in.text();
      } else if (field == Fields.PAYLOAD_BODY && in.isDelimited()) {
        body = in.bytes();
      } else {
        in.skip();
      }
    }
    return new Payload(timestamp, seq, uuid, body, metrics);
  }

  private Metric metric() throws IOException, MalformedPayloadException {
    in.count(1);
    int outer = in.begin();
    String name = null;
    Long alias = null;
    Long timestamp = null;
    DataType type = DataType.UNKNOWN;
    boolean historical = false;
    boolean isTransient = false;
    boolean isNull = false;
    MetricMetadata metadata = null;
    PropertySet set = PropertySet.EMPTY;
    MetricValue sent = null;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field >= Fields.METRIC_VALUE) {
        MetricValue value = value(field);
        sent = value == null ? sent : value;
      } else if (field == Fields.METRIC_NAME && in.isDelimited()) {
        name = in.text();
      } else if (field == Fields.METRIC_METADATA && in.isDelimited()) {
        metadata = metadata();
      } else if (field == Fields.METRIC_PROPERTIES && in.isDelimited()) {
        set = properties.set();
      } else if (!in.isVarint()) {
        in.skip();
      } else {
        switch (field) {
          case Fields.METRIC_ALIAS -> alias = in.number();
          case Fields.METRIC_TIMESTAMP -> timestamp = in.number();
          case Fields.METRIC_DATATYPE -> type = DataType.of(in.code());
          case Fields.METRIC_HISTORICAL -> historical = in.bool();
          case Fields.METRIC_TRANSIENT -> isTransient = in.bool();
          case Fields.METRIC_NULL -> isNull = in.bool();
          default -> in.skip();
        }
      }
    }
    in.end(outer);
    MetricValue value = isNull || sent == null ? null : TypedValues.of(type, counted(type, sent));
    return new Metric(
        name, alias, timestamp, type, historical, isTransient, isNull, metadata, set, value);
  }

  /** The value, whose elements are counted when they are packed into bytes. */
  private MetricValue counted(DataType type, MetricValue sent) throws MalformedPayloadException {
    if (type.isArray() && sent instanceof BytesValue bytes) {
      in.count(ArrayBytes.maxElements(type, bytes.value().length));
    }
    return sent;
  }

  private MetricValue value(int field) throws IOException, MalformedPayloadException {
    if (field < Fields.METRIC_BYTES) {
      return in.scalar(field - Fields.METRIC_VALUE);
    }
    if (in.isDelimited()) {
      switch (field) {
        case Fields.METRIC_BYTES -> {
          return new BytesValue(in.bytes());
        }
        case Fields.METRIC_DATASET -> {
          return dataSets.read();
        }
        case Fields.METRIC_TEMPLATE -> {
          return template();
        }
        default -> {
          // An extension, or a field of a later version.
        }
      }
    }
    in.skip();
    return null;
  }

  private MetricMetadata metadata() throws IOException, MalformedPayloadException {
    int outer = in.begin();
    Boolean multiPart = null;
    Long size = null;
    Long seq = null;
    String[] texts = new String[Fields.METADATA_DESCRIPTION + 1];
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case Fields.METADATA_MULTI_PART, Fields.METADATA_SIZE, Fields.METADATA_SEQ -> {
          if (!in.isVarint()) {
            in.skip();
          } else if (field == Fields.METADATA_MULTI_PART) {
            multiPart = in.bool();
          } else if (field == Fields.METADATA_SIZE) {
            size = in.number();
          } else {
            seq = in.number();
          }
        }
        case Fields.METADATA_CONTENT_TYPE,
            Fields.METADATA_FILE_NAME,
            Fields.METADATA_FILE_TYPE,
            Fields.METADATA_MD5,
            Fields.METADATA_DESCRIPTION -> {
          if (in.isDelimited()) {
            texts[field] = in.text();
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    in.end(outer);
    return new MetricMetadata(
        multiPart,
        texts[Fields.METADATA_CONTENT_TYPE],
        size,
        seq,
        texts[Fields.METADATA_FILE_NAME],
        texts[Fields.METADATA_FILE_TYPE],
        texts[Fields.METADATA_MD5],
        texts[Fields.METADATA_DESCRIPTION]);
  }

  private Template template() throws IOException, MalformedPayloadException {
    int outer = in.beginNested();
    String version = null;
    String templateRef = null;
    boolean definition = false;
    List<Metric> metrics = new ArrayList<>();
    List<Template.Parameter> parameters = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.TEMPLATE_METRICS && in.isDelimited()) {
        metrics.add(metric());
      } else if (field == Fields.TEMPLATE_PARAMETERS && in.isDelimited()) {
        parameters.add(parameter());
      } else if (field == Fields.TEMPLATE_VERSION && in.isDelimited()) {
        version = in.text();
      } else if (field == Fields.TEMPLATE_REF && in.isDelimited()) {
        templateRef = in.text();
      } else if (field == Fields.TEMPLATE_DEFINITION && in.isVarint()) {
        definition = in.bool();
      } else {
        in.skip();
      }
    }
    in.endNested(outer);
    return new Template(version, templateRef, definition, metrics, parameters);
  }

  private Template.Parameter parameter() throws IOException, MalformedPayloadException {
    in.count(1);
    int outer = in.begin();
    String name = null;
    DataType type = DataType.UNKNOWN;
    MetricValue sent = null;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.PARAMETER_NAME && in.isDelimited()) {
        name = in.text();
      } else if (field == Fields.PARAMETER_TYPE && in.isVarint()) {
        type = DataType.of(in.code());
      } else if (field >= Fields.PARAMETER_VALUE
          && field < Fields.PARAMETER_VALUE + MessageInput.SCALARS) {
        MetricValue value = in.scalar(field - Fields.PARAMETER_VALUE);
        sent = value == null ? sent : value;
      } else {
        in.skip();
      }
    }
    in.end(outer);
    return new Template.Parameter(name, type, sent == null ? null : TypedValues.of(type, sent));
  }
}
