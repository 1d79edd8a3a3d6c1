// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Parses JSON (RFC 8259) from untrusted publishers. */
final class JsonDocuments {
  /**
   * Maximum nesting depth. Mappers and converters recurse, so that a deeper document could overflow
   * a stack.
   */
  static final int MAX_DEPTH = 200;

  private static final int MAX_MESSAGE = 300;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          // Payloads are bounded already.
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDocuments() {}

  /**
   * Parses a document.
   *
   * @throws PayloadException when the payload is not JSON, nested too deeply, or has a duplicate
   *     field
   */
  static JsonNode read(byte[] payload) throws PayloadException {
    JsonNode document;
    try {
      document = MAPPER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new PayloadException(
          "the payload is not JSON: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new PayloadException("the payload is not JSON: " + firstLine(e.getMessage()), e);
    }
    if (document == null || document.isMissingNode()) {
      throw new PayloadException("the payload is empty, not JSON");
    }
    return document;
  }

  private static String firstLine(String message) {
    String text = message == null ? "unreadable" : message;
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
  }
}
