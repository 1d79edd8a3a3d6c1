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

/** Reads JSON (RFC 8259) that anybody may have written. */
final class JsonDocuments {
  /**
   * How deep arrays and objects may lie in each other. Whoever walks a document recurses, here and
   * in converters, so that a deeper one would overflow a stack.
   */
  static final int MAX_DEPTH = 200;

  private static final int MAX_MESSAGE = 300;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          // The length of payloads is bounded already.
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDocuments() {}

  /**
   * Reads a document.
   *
   * @throws PayloadException when it is no JSON, is nested too deeply, or has a field twice
   */
  static JsonNode read(byte[] payload) throws PayloadException {
    JsonNode document;
    try {
      document = MAPPER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new PayloadException("the payload is no JSON: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new PayloadException("the payload is no JSON: " + firstLine(e.getMessage()), e);
    }
    if (document == null || document.isMissingNode()) {
      throw new PayloadException("the payload is empty, which is no JSON");
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
