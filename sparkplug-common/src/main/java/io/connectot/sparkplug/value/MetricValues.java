// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import io.connectot.core.model.ShortestDecimal;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;
import io.connectot.sparkplug.payload.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of metrics as values of records. A data set becomes an array of structures, one for each
 * row; a template becomes a structure of its name, its version, its parameters and its metrics.
 * Used once, for one metric.
 */
final class MetricValues {
  private String error;

  /** What could not be converted within the value; null when everything was. */
  String error() {
    return error;
  }

  Value value(MetricValue value) {
    if (value instanceof MetricValue.LongValue number) {
      return new LongValue(number.value());
    } else if (value instanceof FloatValue number) {
      return new DoubleValue(ShortestDecimal.of(number.value()));
    } else if (value instanceof MetricValue.DoubleValue number) {
      return new DoubleValue(number.value());
    } else if (value instanceof MetricValue.BooleanValue bool) {
      return BooleanValue.of(bool.value());
    } else if (value instanceof MetricValue.TextValue text) {
      return new TextValue(text.value());
    } else if (value instanceof DateTimeValue time) {
      return new InstantValue(Instant.ofEpochMilli(time.epochMillis()));
    } else if (value instanceof BigValue number) {
      return new Value.BigValue(number.value());
    } else if (value instanceof MetricValue.BytesValue bytes) {
      return new BytesValue(bytes.value());
    } else if (value instanceof MetricValue.ArrayValue array) {
      return new ArrayValue(
          ValueTypes.of(array.elementType()), array.elements().stream().map(this::value).toList());
    } else if (value instanceof DataSet dataSet) {
      return rows(dataSet);
    } else if (value instanceof Template template) {
      return structure(template);
    } else if (value instanceof InvalidValue invalid) {
      error = invalid.reason();
    } else if (value instanceof UntypedInteger) {
      error = "the type of a whole number is not named";
    }
    return NullValue.NULL;
  }

  private Value rows(DataSet dataSet) {
    List<Value> rows = new ArrayList<>(dataSet.rows().size());
    for (List<MetricValue> row : dataSet.rows()) {
      Map<String, Value> cells = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        put(cells, dataSet.columns().get(i), row.get(i), "column");
      }
      rows.add(new StructValue("DataSet", cells));
    }
    return new ArrayValue(ValueType.JSON, rows);
  }

  private Value structure(Template template) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("template", text(template.templateRef()));
    fields.put("version", text(template.version()));
    if (!template.parameters().isEmpty()) {
      Map<String, Value> parameters = new LinkedHashMap<>();
      for (Template.Parameter parameter : template.parameters()) {
        put(parameters, parameter.name(), parameter.value(), "parameter");
      }
      fields.put("parameters", new StructValue("Parameters", parameters));
    }
    Map<String, Value> members = new LinkedHashMap<>();
    for (Metric member : template.metrics()) {
      put(members, member.name(), member.value(), "metric");
    }
    String name = template.templateRef() == null ? "Template" : template.templateRef();
    fields.put("metrics", new StructValue(name, members));
    return new StructValue(name, fields);
  }

  private static Value text(String text) {
    return text == null ? NullValue.NULL : new TextValue(text);
  }

  private void put(Map<String, Value> fields, String name, MetricValue value, String what) {
    if (name == null) {
      error = "a " + what + " has no name";
    } else if (fields.put(name, value == null ? NullValue.NULL : value(value)) != null) {
      error = "two " + what + "s have the name '" + name + "'";
    }
  }
}
