// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.PayloadException;

/** Decodes payloads to documents, one by one. Immutable. */
public interface DocumentReader {

  /** Takes the documents of a payload. */
  interface Documents {

    /** Takes a document. */
    void take(JsonNode document) throws PayloadException;

    /** A part of the payload cannot be read; the following parts can. */
    void unreadable(String reason) throws PayloadException;
  }

  /**
   * Decodes a payload.
   *
   * @param payload not empty
   * @param receivedNanos when the message arrived, for times relative to it
   * @throws PayloadException when the payload does not have the format
   */
  void read(byte[] payload, long receivedNanos, Documents documents) throws PayloadException;
}
