// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.connect.data.Schema;

/**
 * A payload as a record's value.
 *
 * @param schema null for none
 * @param value null for a message that deletes what its key named
 * @param json the document, for those who take a key of it; null when the payload is no JSON
 * @param size roughly how many bytes of heap the value takes
 */
record PayloadContent(Schema schema, Object value, JsonNode json, int size) {
  /** MQTT's way to delete a retained message is one without a payload (MQTT 5.0 §3.3.1.3). */
  static final PayloadContent DELETION = new PayloadContent(null, null, null, 0);
}
