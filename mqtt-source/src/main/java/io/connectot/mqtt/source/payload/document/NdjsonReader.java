// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.Arrays;

/** A JSON document per line, also after a record separator (RFC 7464). */
public final class NdjsonReader implements DocumentReader {
  private static final byte RECORD_SEPARATOR = 0x1E;

  private final JsonDocumentReader lines;

  /**
   * @param strict as in {@link JsonDocumentReader}
   */
  public NdjsonReader(boolean strict) {
    this.lines = new JsonDocumentReader(strict, false);
  }

  @Override
  public void read(byte[] payload, long receivedNanos, Documents documents)
      throws PayloadException {
    int number = 0;
    for (int from = 0; from < payload.length; ) {
      int end = from;
      while (end < payload.length && payload[end] != '\n') {
        end++;
      }
      number++;
      int start = payload[from] == RECORD_SEPARATOR ? from + 1 : from;
      if (!isBlank(payload, start, end)) {
        line(number, Arrays.copyOfRange(payload, start, end), documents);
      }
      from = end + 1;
    }
  }

  private void line(int number, byte[] line, Documents documents) throws PayloadException {
    JsonNode document;
    try {
      document = lines.read(line);
    } catch (PayloadException e) {
      documents.unreadable("line " + number + " of the payload: " + e.getMessage());
      return;
    }
    documents.take(document);
  }

  private static boolean isBlank(byte[] payload, int from, int to) {
    for (int i = from; i < to; i++) {
      if (payload[i] > ' ' || payload[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
