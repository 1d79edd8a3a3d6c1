// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Arrays and structures as JSON (RFC 8259) that loses nothing: whole numbers in all their digits,
 * other numbers in the fewest digits that read back as the same number. What JSON cannot express is
 * text: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, instants in ISO-8601, bytes in
 * Base64. Thread-safe.
 */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** Whether a text is one JSON value, and nothing else. */
  public static boolean isJson(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      boolean complete = first.isScalarValue() || parser.currentToken().isStructEnd();
      return complete && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  public static String of(Value value) {
    StringBuilder json = new StringBuilder(64);
    append(json, value);
    return json.toString();
  }

  /** An object of texts. */
  public static String object(Map<String, String> members) {
    StringBuilder json = new StringBuilder(64).append('{');
    members.forEach(
        (name, text) -> {
          appendName(json, name);
          appendText(json, text);
        });
    return json.append('}').toString();
  }

  /** An object of values. */
  public static String objectOf(Map<String, Value> members) {
    StringBuilder json = new StringBuilder(64);
    appendStruct(json, members);
    return json.toString();
  }

  private static void append(StringBuilder json, Value value) {
    if (value instanceof LongValue v) {
      json.append(v.value());
    } else if (value instanceof DoubleValue v) {
      appendNumber(json, v.value());
    } else if (value instanceof TextValue v) {
      appendText(json, v.value());
    } else if (value instanceof BooleanValue v) {
      json.append(v.value());
    } else if (value instanceof ArrayValue v) {
      appendArray(json, v.elements());
    } else if (value instanceof StructValue v) {
      appendStruct(json, v.fields());
    } else if (value instanceof BigValue v) {
      json.append(v.value());
    } else if (value instanceof InstantValue v) {
      appendText(json, v.value().toString());
    } else if (value instanceof BytesValue v) {
      appendText(json, Base64.getEncoder().encodeToString(v.value()));
    } else if (value instanceof EnumValue v) {
      json.append(v.value());
    } else if (value instanceof NullValue) {
      json.append("null");
    }
  }

  private static void appendArray(StringBuilder json, List<Value> elements) {
    json.append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      append(json, elements.get(i));
    }
    json.append(']');
  }

  private static void appendStruct(StringBuilder json, Map<String, Value> fields) {
    json.append('{');
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      appendName(json, field.getKey());
      append(json, field.getValue());
    }
    json.append('}');
  }

  /** Writes the name of the next member of an object that was opened before. */
  private static void appendName(StringBuilder json, String name) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
    appendText(json, name);
    json.append(':');
  }

  /** Writes a number. */
  public static void appendNumber(StringBuilder json, double number) {
    if (Double.isFinite(number)) {
      json.append(number);
    } else {
      json.append('"').append(number).append('"');
    }
  }

  /** Writes a text in quotes. */
  public static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
