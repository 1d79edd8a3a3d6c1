// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

/**
 * The headers of records.
 *
 * <p>What is the same in all records of a device or tag is kept as a prototype, which records share
 * until one of them is changed ({@link SharedHeaders}). The records of a device share the header
 * objects, too. For one thread.
 */
public final class RecordHeaders {
  static final String PATH = "ot.path";
  static final String DEVICE = "ot.device";
  static final String TAG = "ot.tag";
  static final String PROTOCOL = "ot.protocol";
  static final String CONNECTOR = "ot.connector";
  static final String ENDPOINT = "ot.endpoint";

  /** In JSON; with the name of an attribute behind it, the prefix of one header for each. */
  static final String ATTRIBUTES = "ot.attributes";

  // Only in the value layout.
  static final String TYPE = "ot.type";
  public static final String LABEL = "ot.label";
  static final String UNIT = "ot.unit";
  static final String QUALITY = "ot.quality";
  public static final String STATUS = "ot.status";
  public static final String EVENT_TIME_NS = "ot.event_time_ns";
  public static final String INGEST_TIME_NS = "ot.ingest_time_ns";
  static final String IS_HISTORICAL = "ot.is_historical";

  private static final Map<Quality, Header> QUALITIES = new EnumMap<>(Quality.class);
  private static final Map<ValueType, Header> TYPES = new EnumMap<>(ValueType.class);
  private static final Header HISTORICAL = header(IS_HISTORICAL, Schema.BOOLEAN_SCHEMA, true);
  private static final Header LIVE = header(IS_HISTORICAL, Schema.BOOLEAN_SCHEMA, false);

  static {
    for (Quality quality : Quality.values()) {
      QUALITIES.put(quality, header(QUALITY, Schema.STRING_SCHEMA, quality.name()));
    }
    for (ValueType type : ValueType.values()) {
      TYPES.put(type, header(TYPE, Schema.STRING_SCHEMA, type.name()));
    }
  }

  private final RecordForm form;

  /** The headers made last, by name. */
  private final Map<String, Header> known = new HashMap<>();

  public RecordHeaders(RecordForm form) {
    this.form = form;
  }

  /**
   * The headers of records about a device, or about a tag of it.
   *
   * @param endpoint what the device is reached by
   */
  public ConnectHeaders of(RecordKind kind, RecordIdentity identity, String endpoint) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.add(kind.header());
    if (form.headers() == HeadersForm.OT) {
      headers.addString(PATH, identity.path());
      headers.add(constant(DEVICE, identity.device()));
      if (identity.tag() != null) {
        headers.addString(TAG, identity.tag());
      }
      headers.add(constant(PROTOCOL, identity.protocol()));
      headers.add(constant(CONNECTOR, identity.connector()));
      headers.add(constant(ENDPOINT, endpoint));
    }
    return headers;
  }

  private Header constant(String name, String value) {
    Header last = known.get(name);
    if (last == null || !Objects.equals(last.value(), value)) {
      ConnectHeaders one = new ConnectHeaders();
      one.addString(name, value);
      last = one.lastWithName(name);
      known.put(name, last);
    }
    return last;
  }

  /** Adds the attributes if they are headers. */
  public void addAttributes(ConnectHeaders headers, Attributes attributes) {
    if (form.headers() == HeadersForm.OT && form.attributes() == AttributesForm.HEADERS) {
      attributes.addAsHeaders(headers);
    }
  }

  /** Adds the headers that a tag has of its protocol. */
  public void addOwn(ConnectHeaders headers, Tag<?> tag) {
    if (form.headers() == HeadersForm.OT) {
      tag.headers().forEach(headers::addString);
    }
  }

  /** Adds what other layouts have in the value and what is the same in all records of a tag. */
  public void addConstantColumns(ConnectHeaders headers, Tag<?> tag, Attributes attributes) {
    if (form.headers() == HeadersForm.NONE) {
      return;
    }
    tag.unit().ifPresent(unit -> headers.addString(UNIT, unit));
    if (form.attributes() == AttributesForm.JSON || form.attributes() == AttributesForm.MAP) {
      attributes.addAsJsonHeader(headers);
    }
  }

  public static Header quality(Quality quality) {
    return QUALITIES.get(quality);
  }

  public static Header type(ValueType type) {
    return TYPES.get(type);
  }

  public static Header historical(boolean isHistorical) {
    return isHistorical ? HISTORICAL : LIVE;
  }

  public static Header header(String name, Schema schema, Object value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.add(name, value, schema);
    return headers.lastWithName(name);
  }
}
