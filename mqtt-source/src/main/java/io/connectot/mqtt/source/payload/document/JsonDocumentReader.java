// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.Arrays;

/**
 * JSON as devices write it: NaN and infinities may stand without quotes, the last of several fields
 * with the same name counts, and NUL characters after the document are ignored.
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

  /** Null if the payload has no bare NaN or infinity, or other errors too. */
  private static JsonNode repaired(byte[] payload) {
    byte[] quoted = BareNumbers.quote(withoutNul(payload));
    if (quoted == null) {
      return null;
    }
    try {
      return JsonDocuments.readLastOfDuplicates(quoted);
    } catch (PayloadException e) {
      return null;
    }
  }

  /** Null if the payload is meant to be JSON. */
  private static JsonNode bareText(byte[] payload) throws PayloadException {
    String text = Utf8.text(withoutNul(payload)).trim();
    return text.isEmpty() || "{[\"".indexOf(text.charAt(0)) >= 0 ? null : TextNode.valueOf(text);
  }
}
