// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;

/** Reads pass-through payloads that are JSON, parsed or not. For one thread. */
interface DocumentReader extends PassThroughReader {
  @Override
  default PayloadContent read(byte[] payload) throws PayloadException {
    return payload.length == 0
        ? PayloadContent.DELETION
        : read(JsonDocuments.read(payload), payload.length);
  }

  /**
   * @param length of the payload in bytes
   * @throws PayloadException when the document has a value that cannot be a Connect value
   */
  PayloadContent read(JsonNode document, int length) throws PayloadException;
}
