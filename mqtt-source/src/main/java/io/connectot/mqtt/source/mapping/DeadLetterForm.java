// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.config.converter.RecordContent;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.apache.kafka.connect.data.Schema;

/** What the value of a dead letter is. */
public enum DeadLetterForm {
  /** The payload, for converters of bytes. */
  BYTES(RecordContent.BYTES, Schema.BYTES_SCHEMA) {
    @Override
    Object value(byte[] payload, int length) {
      return length == payload.length ? payload : Arrays.copyOf(payload, length);
    }
  },
  /** The payload in Base64 (RFC 4648 §4), which every converter of text carries. */
  BASE64(RecordContent.TEXT, Schema.STRING_SCHEMA) {
    @Override
    Object value(byte[] payload, int length) {
      byte[] part = length == payload.length ? payload : Arrays.copyOf(payload, length);
      return Base64.getEncoder().encodeToString(part);
    }
  };

  private final RecordContent content;
  private final Schema schema;

  DeadLetterForm(RecordContent content, Schema schema) {
    this.content = content;
    this.schema = schema;
  }

  /** For the rules of converters. */
  public RecordContent content() {
    return content;
  }

  Schema schema() {
    return schema;
  }

  /** The value of a payload cut to a length. */
  abstract Object value(byte[] payload, int length);

  /** The value of the header that names the form. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
