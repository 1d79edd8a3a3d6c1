// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.apache.kafka.connect.storage.ConverterType;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts records to JSON as Kafka's {@link org.apache.kafka.connect.json.JsonConverter} does,
 * with the same options and byte for byte the same output, but faster if {@code
 * schemas.enable=false}: it compiles every schema once and writes the text without a tree of nodes.
 *
 * <p>Kafka's converter does the rest: records with {@code schemas.enable=true}, the conversion from
 * JSON, and records that do not fit their schema, for which it throws its own errors.
 *
 * <p>Thread-safe, although a worker uses a converter in one thread only.
 */
public class JsonConverter implements Converter, HeaderConverter, Versioned {
  private static final Logger log = LoggerFactory.getLogger(JsonConverter.class);

  private static final String SCHEMAS_ENABLE = "schemas.enable";
  private static final String CACHE_SIZE = "schemas.cache.size";
  private static final String DECIMAL_FORMAT = "decimal.format";
  private static final String REPLACE_NULL_WITH_DEFAULT = "replace.null.with.default";

  private final org.apache.kafka.connect.json.JsonConverter kafka =
      new org.apache.kafka.connect.json.JsonConverter();
  private final StringEncodings encodings = new StringEncodings();
  private final AtomicReference<JsonOutput> spareOutput = new AtomicReference<>();

  /** Null if Kafka's converter converts everything. Set before the first record. */
  private volatile SchemaWriters writers;

  /** Creates a converter that is not configured yet. */
  public JsonConverter() {}

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
    AbstractConfig config = new AbstractConfig(kafka.config(), configs, false);
    writers = null;
    if (config.getBoolean(SCHEMAS_ENABLE)) {
      return;
    }
    SchemaCompiler compiler =
        new SchemaCompiler(
            config.getBoolean(REPLACE_NULL_WITH_DEFAULT),
            config.getString(DECIMAL_FORMAT).equalsIgnoreCase("NUMERIC"));
    writers = new SchemaWriters(compiler, config.getInt(CACHE_SIZE));
    if (!writesAsKafka()) {
      writers = null;
      log.warn(
          "Kafka's JsonConverter on this worker writes JSON in another form than {} {};"
              + " Kafka's converter is used instead",
          JsonConverter.class.getName(),
          version());
    }
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> typed = new HashMap<>(configs);
    typed.put(
        ConverterConfig.TYPE_CONFIG,
        isKey ? ConverterType.KEY.getName() : ConverterType.VALUE.getName());
    configure(typed);
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    SchemaWriters current = writers;
    if (current == null || (schema == null && value == null)) {
      return kafka.fromConnectData(topic, schema, value);
    }
    JsonOutput out = takeOutput();
    try {
      if (schema == null) {
        SchemalessWriter.write(value, out);
      } else {
        current.of(schema).write(value, out);
      }
      return out.toBytes();
    } catch (RuntimeException e) {
      // Kafka's converter converts the value or throws the error that its users know.
      return kafka.fromConnectData(topic, schema, value);
    } finally {
      giveBack(out);
    }
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    return kafka.toConnectData(topic, value);
  }

  @Override
  public byte[] fromConnectHeader(String topic, String headerKey, Schema schema, Object value) {
    return fromConnectData(topic, schema, value);
  }

  @Override
  public SchemaAndValue toConnectHeader(String topic, String headerKey, byte[] value) {
    return toConnectData(topic, value);
  }

  @Override
  public void close() {
    kafka.close();
  }

  /** Returns false if Kafka's converter converts everything. */
  boolean writesItself() {
    return writers != null;
  }

  /** Compares this converter with the version of Kafka and Jackson on the worker. */
  private boolean writesAsKafka() {
    for (Object sample : Samples.ALL) {
      if (!Arrays.equals(
          fromConnectData("", null, sample), kafka.fromConnectData("", null, sample))) {
        return false;
      }
    }
    return true;
  }

  private JsonOutput takeOutput() {
    JsonOutput out = spareOutput.getAndSet(null);
    return out == null ? new JsonOutput(encodings) : out;
  }

  private void giveBack(JsonOutput out) {
    if (out.isWorthKeeping()) {
      out.clear();
      spareOutput.set(out);
    }
  }
}
