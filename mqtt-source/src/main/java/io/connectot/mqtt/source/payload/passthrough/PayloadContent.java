// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.connect.data.Schema;

/**
 * A payload as record value.
 *
 * @param schema null for none
 * @param value null for a message that deletes its key
 * @param json the document, for keys from the payload; null if the payload is not JSON
 * @param size estimated heap of the value in bytes
 */
record PayloadContent(Schema schema, Object value, JsonNode json, int size) {
  /** An empty payload deletes a retained message (MQTT 5.0 §3.3.1.3). */
  static final PayloadContent DELETION = new PayloadContent(null, null, null, 0);
}
