// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.Template;
import java.util.List;
import java.util.Map;

/** Encodes payloads. */
public final class PayloadEncoder {
  private final boolean dataTypes;

  private PayloadEncoder(boolean dataTypes) {
    this.dataTypes = dataTypes;
  }

  /**
   * The payload with the types of its metrics, as births and commands are sent.
   *
   * @throws IllegalArgumentException when a value is not one of its type
   */
  public static byte[] encode(Payload payload) {
    return new PayloadEncoder(true).payload(payload);
  }

  /**
   * The payload without the types of its metrics, as DATA is sent.
   *
   * @throws IllegalArgumentException when a value is not one of its type
   */
  public static byte[] encodeWithoutTypes(Payload payload) {
    return new PayloadEncoder(false).payload(payload);
  }

  /**
   * A payload whose body is {@code payload}, compressed.
   *
   * @param algorithm GZIP or DEFLATE
   * @param payload an encoded payload
   */
  public static byte[] compress(String algorithm, byte[] payload) {
    Payload outer =
        new Payload(
            null,
            null,
            PayloadDecoder.COMPRESSED,
            PayloadCompression.compress(algorithm, payload),
            List.of(Metric.of("algorithm", DataType.STRING, new MetricValue.TextValue(algorithm))));
    return encode(outer);
  }

  private byte[] payload(Payload payload) {
    MessageOutput out = new MessageOutput();
    out.number(Fields.PAYLOAD_TIMESTAMP, payload.timestamp());
    for (Metric metric : payload.metrics()) {
      out.message(Fields.PAYLOAD_METRICS, metric(metric, dataTypes));
    }
    out.number(Fields.PAYLOAD_SEQ, payload.seq());
    out.text(Fields.PAYLOAD_UUID, payload.uuid());
    out.bytes(Fields.PAYLOAD_BODY, payload.body());
    return out.toBytes();
  }

  private static MessageOutput metric(Metric metric, boolean withType) {
    MessageOutput out = new MessageOutput();
    out.text(Fields.METRIC_NAME, metric.name());
    out.number(Fields.METRIC_ALIAS, metric.alias());
    out.number(Fields.METRIC_TIMESTAMP, metric.timestamp());
    if (withType && metric.dataType() != DataType.UNKNOWN) {
      out.code(Fields.METRIC_DATATYPE, metric.dataType());
    }
    out.flag(Fields.METRIC_HISTORICAL, metric.historical());
    out.flag(Fields.METRIC_TRANSIENT, metric.isTransient());
    out.flag(Fields.METRIC_NULL, metric.isNull());
    if (metric.metadata() != null) {
      out.message(Fields.METRIC_METADATA, metadata(metric.metadata()));
    }
    if (!metric.properties().isEmpty()) {
      out.message(Fields.METRIC_PROPERTIES, properties(metric.properties()));
    }
    MetricValue value = metric.value();
    if (value instanceof DataSet dataSet) {
      out.message(Fields.METRIC_DATASET, dataSet(dataSet));
    } else if (value instanceof Template template) {
      out.message(Fields.METRIC_TEMPLATE, template(template));
    } else if (value != null) {
      ScalarFields.write(out, Fields.METRIC_VALUE, metric.dataType(), value);
    }
    return out;
  }

  private static MessageOutput metadata(MetricMetadata metadata) {
    MessageOutput out = new MessageOutput();
    if (metadata.multiPart() != null) {
      out.bool(Fields.METADATA_MULTI_PART, metadata.multiPart());
    }
    out.text(Fields.METADATA_CONTENT_TYPE, metadata.contentType());
    out.number(Fields.METADATA_SIZE, metadata.size());
    out.number(Fields.METADATA_SEQ, metadata.seq());
    out.text(Fields.METADATA_FILE_NAME, metadata.fileName());
    out.text(Fields.METADATA_FILE_TYPE, metadata.fileType());
    out.text(Fields.METADATA_MD5, metadata.md5());
    out.text(Fields.METADATA_DESCRIPTION, metadata.description());
    return out;
  }

  private static MessageOutput properties(PropertySet set) {
    MessageOutput out = new MessageOutput();
    for (Map.Entry<String, PropertyValue> property : set.values().entrySet()) {
      out.text(Fields.PROPERTIES_KEYS, property.getKey());
      out.message(Fields.PROPERTIES_VALUES, property(property.getValue()));
    }
    return out;
  }

  private static MessageOutput property(PropertyValue property) {
    MessageOutput out = new MessageOutput();
    out.code(Fields.PROPERTY_TYPE, property.dataType());
    MetricValue value = property.value();
    if (value == null) {
      out.flag(Fields.PROPERTY_NULL, true);
    } else if (value instanceof PropertySet set) {
      out.message(Fields.PROPERTY_SET, properties(set));
    } else if (value instanceof PropertySetList list) {
      MessageOutput sets = new MessageOutput();
      for (PropertySet set : list.sets()) {
        sets.message(Fields.PROPERTIES_LIST_SET, properties(set));
      }
      out.message(Fields.PROPERTY_SET_LIST, sets);
    } else {
      ScalarFields.write(out, Fields.PROPERTY_VALUE, property.dataType(), value);
    }
    return out;
  }

  private static MessageOutput dataSet(DataSet dataSet) {
    MessageOutput out = new MessageOutput();
    out.number(Fields.DATASET_COLUMN_COUNT, (long) dataSet.columns().size());
    for (String column : dataSet.columns()) {
      out.text(Fields.DATASET_COLUMNS, column);
    }
    for (DataType type : dataSet.types()) {
      out.code(Fields.DATASET_TYPES, type);
    }
    for (List<MetricValue> row : dataSet.rows()) {
      MessageOutput cells = new MessageOutput();
      for (int i = 0; i < row.size(); i++) {
        MessageOutput cell = new MessageOutput();
        if (!(row.get(i) instanceof MetricValue.NullValue)) {
          ScalarFields.write(cell, Fields.CELL_VALUE, dataSet.types().get(i), row.get(i));
        }
        cells.message(Fields.ROW_CELLS, cell);
      }
      out.message(Fields.DATASET_ROWS, cells);
    }
    return out;
  }

  private static MessageOutput template(Template template) {
    MessageOutput out = new MessageOutput();
    out.text(Fields.TEMPLATE_VERSION, template.version());
    for (Metric metric : template.metrics()) {
      out.message(Fields.TEMPLATE_METRICS, metric(metric, true));
    }
    for (Template.Parameter parameter : template.parameters()) {
      MessageOutput message = new MessageOutput();
      message.text(Fields.PARAMETER_NAME, parameter.name());
      message.code(Fields.PARAMETER_TYPE, parameter.dataType());
      if (parameter.value() != null) {
        ScalarFields.write(
            message, Fields.PARAMETER_VALUE, parameter.dataType(), parameter.value());
      }
      out.message(Fields.TEMPLATE_PARAMETERS, message);
    }
    out.text(Fields.TEMPLATE_REF, template.templateRef());
    out.bool(Fields.TEMPLATE_DEFINITION, template.definition());
    return out;
  }
}
