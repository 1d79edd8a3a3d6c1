// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/**
 * Parses schemas in the form of JsonConverter's envelopes: {@code {"type": "struct", "fields":
 * [{"field": "a", "type": "int32", "optional": true}]}}.
 */
public final class SchemaParser {
  private static final long MAX_BYTES = 1024 * 1024;

  /** JsonConverter's aliases of type names. */
  private static final Map<String, Schema.Type> ALIASES =
      Map.of("float", Schema.Type.FLOAT32, "double", Schema.Type.FLOAT64);

  private SchemaParser() {}

  /**
   * Parses a file.
   *
   * @throws LineException when the file cannot be read or is not a schema
   */
  public static Schema ofFile(Path file) throws LineException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new LineException(file + ": is longer than " + MAX_BYTES + " bytes");
      }
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new LineException(
          file
              + ": cannot be read ("
              + e.getClass().getSimpleName()
              + "); it must be there on every worker");
    } catch (LineException e) {
      throw new LineException(file + ": " + e.getMessage());
    }
  }

  /**
   * Parses a text.
   *
   * @throws LineException when the text is not a schema
   */
  public static Schema ofText(String text) throws LineException {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Schema of(byte[] json) throws LineException {
    try {
      return schema(JsonDocuments.read(json), "the schema");
    } catch (PayloadException e) {
      throw new LineException(e.getMessage().replace("the payload", "the schema"));
    } catch (DataException e) {
      throw new LineException("the schema is contradictory: " + e.getMessage());
    }
  }

  private static Schema schema(JsonNode node, String where) throws LineException, PayloadException {
    if (!node.isObject()) {
      throw new LineException(where + " must be an object such as {\"type\": \"int32\"}");
    }
    SchemaBuilder builder = builder(type(node, where), node, where);
    if (node.path("optional").asBoolean(false)) {
      builder.optional();
    }
    if (node.hasNonNull("name")) {
      builder.name(node.get("name").asText());
    }
    if (node.hasNonNull("version")) {
      builder.version(node.get("version").asInt());
    }
    if (node.hasNonNull("doc")) {
      builder.doc(node.get("doc").asText());
    }
    for (Map.Entry<String, JsonNode> parameter : node.path("parameters").properties()) {
      builder.parameter(parameter.getKey(), parameter.getValue().asText());
    }
    if (Decimal.LOGICAL_NAME.equals(builder.name())) {
      checkScale(builder, where);
    }
    if (node.hasNonNull("default")) {
      builder.defaultValue(new JsonValues(true).read(builder.build(), node.get("default")));
    }
    return builder.build();
  }

  private static void checkScale(SchemaBuilder builder, String where) throws LineException {
    String scale =
        builder.parameters() == null ? null : builder.parameters().get(Decimal.SCALE_FIELD);
    if (scale == null || !scale.matches("-?\\d{1,3}")) {
      throw new LineException(where + " is a decimal and needs \"parameters\": {\"scale\": \"2\"}");
    }
  }

  private static Schema.Type type(JsonNode node, String where) throws LineException {
    String text = node.path("type").asText("");
    Schema.Type alias = ALIASES.get(text);
    if (alias != null) {
      return alias;
    }
    for (Schema.Type type : Schema.Type.values()) {
      if (type.getName().equals(text)) {
        return type;
      }
    }
    List<String> known =
        Arrays.stream(Schema.Type.values())
            .map(type -> type.getName().toLowerCase(Locale.ROOT))
            .toList();
    throw new LineException(
        where
            + " has the type '"
            + Excerpt.shorten(text)
            + "'; it must be one of "
            + String.join(", ", known)
            + Suggestion.of(text, known).didYouMean());
  }

  private static SchemaBuilder builder(Schema.Type type, JsonNode node, String where)
      throws LineException, PayloadException {
    return switch (type) {
      case ARRAY -> SchemaBuilder.array(schema(node.path("items"), where + ", items,"));
      case MAP -> {
        Schema keys = schema(node.path("keys"), where + ", keys,");
        if (keys.type() != Schema.Type.STRING) {
          throw new LineException(where + ", keys, must be of type string, as JSON's are");
        }
        yield SchemaBuilder.map(keys, schema(node.path("values"), where + ", values,"));
      }
      case STRUCT -> struct(node, where);
      default -> new SchemaBuilder(type);
    };
  }

  private static SchemaBuilder struct(JsonNode node, String where)
      throws LineException, PayloadException {
    SchemaBuilder builder = SchemaBuilder.struct();
    Set<String> names = new HashSet<>();
    if (!node.path("fields").isArray()) {
      throw new LineException(where + " is a struct and needs an array 'fields'");
    }
    for (JsonNode field : node.get("fields")) {
      String name = field.path("field").asText("");
      if (name.isEmpty() || !names.add(name)) {
        throw new LineException(
            where
                + (name.isEmpty()
                    ? " has a field without a name; write {\"field\": ...}"
                    : " has the field '" + name + "' twice"));
      }
      builder.field(name, schema(field, where + ", field " + name + ","));
    }
    return builder;
  }
}
