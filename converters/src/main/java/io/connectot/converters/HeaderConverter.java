// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/**
 * Converts headers as Kafka's {@link SimpleHeaderConverter} does, to the same bytes, but faster: it
 * keeps the encodings of texts that repeat, and writes numbers without an intermediate text.
 * Kafka's converter converts all other values, and from bytes.
 *
 * <p>Headers with the same text can share one array; neither the worker nor the producer changes
 * it.
 *
 * <p>Thread-safe, although a worker uses a converter in one thread only.
 */
public class HeaderConverter
    implements org.apache.kafka.connect.storage.HeaderConverter, Versioned {
  private final SimpleHeaderConverter kafka = new SimpleHeaderConverter();
  private final StringEncodings encodings = new StringEncodings();

  /** Creates a converter. */
  public HeaderConverter() {}

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public ConfigDef config() {
    return kafka.config();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    kafka.configure(configs);
  }

  @Override
  public byte[] fromConnectHeader(String topic, String headerKey, Schema schema, Object value) {
    if (value instanceof String text) {
      return encode(text);
    }
    if (value instanceof Boolean) {
      return encode(value.toString());
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      byte[] buffer = new byte[Digits.MAX_LENGTH];
      return Arrays.copyOf(buffer, Digits.write(((Number) value).longValue(), buffer, 0));
    }
    return kafka.fromConnectHeader(topic, headerKey, schema, value);
  }

  @Override
  public SchemaAndValue toConnectHeader(String topic, String headerKey, byte[] value) {
    return kafka.toConnectHeader(topic, headerKey, value);
  }

  @Override
  public void close() throws IOException {
    kafka.close();
  }

  private byte[] encode(String text) {
    byte[] known = encodings.find(text);
    if (known != null) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    encodings.offer(text, bytes, 0, bytes.length);
    return bytes;
  }
}
