// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.TypedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads sets of properties. */
final class PropertiesReader {
  private final MessageInput in;

  PropertiesReader(MessageInput in) {
    this.in = in;
  }

  PropertySet set() throws IOException, MalformedPayloadException {
    int outer = in.beginNested();
    List<String> keys = new ArrayList<>();
    List<PropertyValue> values = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.PROPERTIES_KEYS && in.isDelimited()) {
        in.count(1);
        keys.add(in.text());
      } else if (field == Fields.PROPERTIES_VALUES && in.isDelimited()) {
        values.add(property());
      } else {
        in.skip();
      }
    }
    in.endNested(outer);
    if (keys.size() != values.size()) {
      throw new MalformedPayloadException(
          "a property set has " + keys.size() + " keys and " + values.size() + " values");
    }
    Map<String, PropertyValue> properties = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      properties.put(keys.get(i), values.get(i));
    }
    return new PropertySet(properties);
  }

  private PropertySetList list() throws IOException, MalformedPayloadException {
    int outer = in.beginNested();
    List<PropertySet> sets = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.PROPERTIES_LIST_SET && in.isDelimited()) {
        in.count(1);
        sets.add(set());
      } else {
        in.skip();
      }
    }
    in.endNested(outer);
    return new PropertySetList(sets);
  }

  private PropertyValue property() throws IOException, MalformedPayloadException {
    in.count(1);
    int outer = in.begin();
    DataType type = DataType.UNKNOWN;
    boolean isNull = false;
    MetricValue sent = null;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.PROPERTY_TYPE && in.isVarint()) {
        type = DataType.of(in.code());
      } else if (field == Fields.PROPERTY_NULL && in.isVarint()) {
        isNull = in.bool();
      } else if (field == Fields.PROPERTY_SET && in.isDelimited()) {
        sent = set();
      } else if (field == Fields.PROPERTY_SET_LIST && in.isDelimited()) {
        sent = list();
      } else if (field >= Fields.PROPERTY_VALUE
          && field < Fields.PROPERTY_VALUE + MessageInput.SCALARS) {
        MetricValue value = in.scalar(field - Fields.PROPERTY_VALUE);
        sent = value == null ? sent : value;
      } else {
        in.skip();
      }
    }
    in.end(outer);
    return new PropertyValue(type, isNull || sent == null ? null : TypedValues.of(type, sent));
  }
}
