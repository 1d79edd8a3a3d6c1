// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.connectot.mqtt.source.payload.PayloadException;
import java.io.IOException;

/** Parses JSON (RFC 8259) from untrusted publishers. */
public final class JsonDocuments {
  /**
   * Maximum nesting depth. Mappers and converters recurse, so that a deeper document could overflow
   * a stack.
   */
  static final int MAX_DEPTH = 200;

  private static final JsonMapper LAST_OF_DUPLICATES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          // Payloads are bounded already.
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper STRICT =
      LAST_OF_DUPLICATES
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** Numbers and texts as programs write them that do not use a JSON library. */
  private static final JsonMapper LENIENT =
      LAST_OF_DUPLICATES
          .rebuild()
          .enable(
              JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
              JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
              JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
              JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private JsonDocuments() {}

  /**
   * Parses a document.
   *
   * @throws PayloadException when the payload is not JSON, nested too deeply, or has a duplicate
   *     field
   */
  public static JsonNode read(byte[] payload) throws PayloadException {
    return read(STRICT, payload);
  }

  /**
   * Parses a document in which the last of several fields with the same name counts.
   *
   * @throws PayloadException when the payload is not JSON or nested too deeply
   */
  static JsonNode readLastOfDuplicates(byte[] payload) throws PayloadException {
    return read(LAST_OF_DUPLICATES, payload);
  }

  /**
   * Parses a document with numbers such as 007, +5 or .5, texts in single quotes, and commas after
   * the last member.
   *
   * @throws PayloadException when the payload has other errors
   */
  static JsonNode readLenient(byte[] payload) throws PayloadException {
    return read(LENIENT, payload);
  }

  private static JsonNode read(JsonMapper mapper, byte[] payload) throws PayloadException {
    JsonNode document;
    try {
      document = mapper.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new PayloadException("the payload is not JSON: " + JsonErrors.reason(e), e);
    } catch (IOException e) {
      throw new PayloadException("the payload is not JSON: it is not UTF-8", e);
    }
    if (document == null || document.isMissingNode()) {
      throw new PayloadException("the payload is empty, not JSON");
    }
    return document;
  }

  /**
   * The number as a double.
   *
   * @throws PayloadException when the number exceeds the range of 64 bits
   */
  public static double finite(JsonNode node) throws PayloadException {
    double number = node.doubleValue();
    if (!Double.isFinite(number)) {
      throw new PayloadException("the payload holds a number beyond the range of 64 bits");
    }
    return number;
  }
}
