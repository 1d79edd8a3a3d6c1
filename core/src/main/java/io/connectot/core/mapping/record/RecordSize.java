// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;

/**
 * How many bytes records take as a converter writes them: as JSON with Base64, which is the longest
 * of the usual forms, unless the converter is known to write bytes or text as they are. Immutable.
 *
 * @param plainBytes whether bytes are written as they are
 * @param plainText whether text is written as it is
 */
public record RecordSize(boolean plainBytes, boolean plainText) {
  /** Whatever the converter is. */
  public static final RecordSize LONGEST = new RecordSize(false, false);

  /** What a record and a header take beside their contents, and a schema beside its fields. */
  private static final int OVERHEAD = 100;

  private static final int OVERHEAD_OF_HEADER = 10;

  /** What JsonConverter writes of the schema of a field beside its name. */
  private static final int SCHEMA_OF_FIELD = 60;

  /** A double, a time, or a 64-bit number. */
  private static final int NUMBER = 26;

  /** A whole record with key and headers. */
  public long of(PreparedRecord made) {
    long size = OVERHEAD + of(made.value()) + headers(made);
    if (made.key() instanceof String key) {
      size += OVERHEAD + LONGEST.of(key);
    }
    return size + (made.valueSchema() == null ? 0 : OVERHEAD + schema(made.valueSchema()));
  }

  private static long headers(PreparedRecord made) {
    long size = 0;
    for (Header header : made.headers()) {
      size += header(header);
    }
    return size;
  }

  /** A header. */
  public static long header(Header header) {
    return OVERHEAD_OF_HEADER + LONGEST.of(header.key()) + LONGEST.of(header.value());
  }

  /** A value of Connect, with its names. */
  public long of(Object value) {
    if (value == null || value instanceof Boolean) {
      return 5;
    } else if (value instanceof String text) {
      return plainText ? utf8(text) : json(text);
    } else if (value instanceof byte[] bytes) {
      return bytes(bytes.length);
    } else if (value instanceof Struct struct) {
      long size = 2;
      for (Field field : struct.schema().fields()) {
        size += json(field.name()) + 2 + LONGEST.of(struct.get(field));
      }
      return size;
    } else if (value instanceof Map<?, ?> map) {
      long size = 2;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        size += json(String.valueOf(entry.getKey())) + 2 + LONGEST.of(entry.getValue());
      }
      return size;
    } else if (value instanceof List<?> list) {
      long size = 2;
      for (Object element : list) {
        size += 1 + LONGEST.of(element);
      }
      return size;
    }
    return value instanceof BigDecimal number
        ? bytes(number.unscaledValue().bitLength() / 8 + 1) + number.precision()
        : NUMBER;
  }

  /** So many bytes. */
  public long bytes(long length) {
    return plainBytes ? length : (length + 2) / 3 * 4 + 2;
  }

  private static long schema(Schema schema) {
    return switch (schema.type()) {
      case STRUCT -> {
        long size = SCHEMA_OF_FIELD;
        for (Field field : schema.fields()) {
          size += SCHEMA_OF_FIELD + json(field.name()) + schema(field.schema());
        }
        yield size;
      }
      case ARRAY, MAP -> SCHEMA_OF_FIELD + schema(schema.valueSchema());
      default -> schema.name() == null ? 0 : schema.name().length();
    };
  }

  private static long utf8(String text) {
    long size = 0;
    for (int i = 0; i < text.length(); i++) {
      size += utf8(text.charAt(i));
    }
    return size;
  }

  /** Of a surrogate half of the four bytes of its pair. */
  private static int utf8(char c) {
    return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  private static long json(String text) {
    long size = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      size += c < 0x20 ? 6 : c == '"' || c == '\\' ? 2 : utf8(c);
    }
    return size;
  }
}
