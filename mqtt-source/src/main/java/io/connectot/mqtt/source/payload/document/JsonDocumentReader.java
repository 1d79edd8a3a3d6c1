// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.connectot.mqtt.source.payload.PayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON as devices write it: NaN, infinities and words may stand without quotes, the last of several
 * fields with the same name counts, and NUL characters after the document are ignored.
 */
public final class JsonDocumentReader implements DocumentReader {
  private final boolean strict;
  private final boolean bareText;

  /**
   * @param strict refuses what RFC 8259 does not allow, and duplicate fields
   * @param bareText whether a payload may also be a bare word, such as ON
   */
  public JsonDocumentReader(boolean strict, boolean bareText) {
    this.strict = strict;
    this.bareText = bareText;
  }

  @Override
  public void read(byte[] payload, long receivedNanos, Documents documents)
      throws PayloadException {
    documents.take(read(payload));
  }

  /** The document in a text, if it is an object or array in JSON; otherwise the same node. */
  public static JsonNode inText(JsonNode node) {
    if (!node.isTextual()) {
      return node;
    }
    byte[] text = node.textValue().getBytes(StandardCharsets.UTF_8);
    try {
      return isContainer(text) ? JsonDocuments.readLastOfDuplicates(text) : node;
    } catch (PayloadException e) {
      return node;
    }
  }

  /** Parses one document. */
  JsonNode read(byte[] payload) throws PayloadException {
    try {
      return strict
          ? JsonDocuments.read(payload)
          : JsonDocuments.readLastOfDuplicates(withoutNul(payload));
    } catch (PayloadException e) {
      JsonNode document = strict ? null : repaired(payload);
      if (document == null && bareText) {
        document = bareText(payload);
      }
      if (document == null) {
        throw e;
      }
      return document;
    }
  }

  /** Publishers in C send the end of a string along. */
  private static byte[] withoutNul(byte[] payload) {
    int end = payload.length;
    while (end > 0 && payload[end - 1] == 0) {
      end--;
    }
    return end == payload.length ? payload : Arrays.copyOf(payload, end);
  }

  /** Null if the payload has errors that leave its values in doubt. */
  private static JsonNode repaired(byte[] payload) {
    byte[] text = Utf8.damagedText(withoutNul(payload)).getBytes(StandardCharsets.UTF_8);
    byte[] numbers = BareNumbers.quote(text);
    byte[] quoted = numbers == null ? text : numbers;
    try {
      if (isContainer(text)) {
        return JsonDocuments.readLenient(BareTexts.quote(quoted));
      }
      return numbers == null ? null : JsonDocuments.readLastOfDuplicates(quoted);
    } catch (PayloadException e) {
      return null;
    }
  }

  /** Whether an object or array begins; a bare 007 can be a text. */
  private static boolean isContainer(byte[] payload) {
    for (byte b : payload) {
      if (b == '{' || b == '[') {
        return true;
      }
      if (b > ' ') {
        return false;
      }
    }
    return false;
  }

  /** Null if the payload is meant to be JSON. */
  private static JsonNode bareText(byte[] payload) throws PayloadException {
    String text = Utf8.withoutMark(Utf8.text(withoutNul(payload))).trim();
    return text.isEmpty() || "{[\"".indexOf(text.charAt(0)) >= 0 ? null : TextNode.valueOf(text);
  }
}
