// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;

/** Writes single Connect values as text and bytes. */
final class ConnectText {
  private static final int MOST_DIGITS = 1000;

  private ConnectText() {}

  /**
   * A value as text: numbers in digits without exponents, dates and times in ISO-8601, bytes as
   * UTF-8, lists, maps and structures as JSON.
   *
   * @param schema null if there is none
   */
  static String of(Schema schema, Object value) {
    if (value instanceof String text) {
      return text;
    }
    byte[] bytes = bytes(value);
    if (bytes != null) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    String single = single(schema, value);
    return single == null ? ConnectJson.of(schema, value) : single;
  }

  /** The bytes of a value, or its text as UTF-8. */
  static byte[] payload(Schema schema, Object value) {
    byte[] bytes = bytes(value);
    return bytes == null ? of(schema, value).getBytes(StandardCharsets.UTF_8) : bytes;
  }

  /** A number, boolean or time as text; null for any other type. */
  static String single(Schema schema, Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (value instanceof Double number) {
      return DecimalText.of(number);
    }
    if (value instanceof Float number) {
      return DecimalText.of(number);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return value instanceof Date date ? date(schema, date) : null;
  }

  /** In digits, unless most are zeros: a few bytes can mean a thousand million digits. */
  private static String decimal(BigDecimal value) {
    return Math.abs((long) value.scale()) > MOST_DIGITS ? value.toString() : value.toPlainString();
  }

  /** A time, date or timestamp according to the schema; a timestamp without one. */
  private static String date(Schema schema, Date date) {
    Instant instant = date.toInstant();
    String type = schema == null ? null : schema.name();
    if (Time.LOGICAL_NAME.equals(type)) {
      return LocalTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }
    if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(type)) {
      return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }
    return instant.toString();
  }

  /** The bytes of a value; null for any other type. */
  static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return null;
  }
}
