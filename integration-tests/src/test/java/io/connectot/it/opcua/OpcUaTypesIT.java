// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.AvroConverter;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SchemaRegistryStub;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values of every built-in type, arrays, matrices and structures in Kafka. */
@ExtendWith(SharedSite.class)
class OpcUaTypesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Site site;

  OpcUaTypesIT(Site site) {
    this.site = site;
  }

  @Test
  void valuesAreWholeAsJson() throws Exception {
    Map<String, JsonNode> newest =
        read(
            Map.of(
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "false",
                "value.converter.decimal.format", "NUMERIC"),
            Received::json);

    assertThat(newest).isEqualTo(expected());
  }

  @Tag("full")
  @Test
  void valuesAreWholeAsAvro() throws Exception {
    try (SchemaRegistryStub registry = new SchemaRegistryStub()) {
      Map<String, JsonNode> newest =
          read(AvroConverter.config(registry), record -> avro(record, registry));

      Map<String, JsonNode> expected = expected();
      // In this format bytes are characters with the byte's code.
      expected.put("Scalars-ByteString", JSON.readTree("\"\\u0000\\u0001\\u00ff\""));
      expected.put("Arrays-ByteString", JSON.readTree("[\"\\u0001\\u0002\", \"\"]"));
      // A decimal, with the bytes of its unscaled value.
      expected.put("Scalars-UInt64", JSON.readTree('"' + "\\u0000" + "\\u00ff".repeat(8) + '"'));
      assertThat(newest).isEqualTo(expected);
    }
  }

  private Map<String, JsonNode> read(
      Map<String, String> converter, Function<Received, JsonNode> decoding) throws Exception {
    try (PlantServer server = PlantServer.start()) {
      String name = site.uniqueName("types");
      Map<String, String> config = OpcUaSetup.connector(name, server.url());
      config.put("topic", name + ".${tag}");
      config.put("record.layout", "value");
      config.putAll(converter);
      Set<String> tags = expected().keySet();
      tags.forEach(tag -> config.put("tags." + tag, PlantServer.address(tag.replace('-', '.'))));
      site.create(name, config, 1);
      try (RecordReader reader = site.reader(name + "\\.[A-Z].*")) {
        Map<String, JsonNode> newest = new TreeMap<>();
        reader.awaitAll(
            "a value of every variable",
            LIMIT,
            all -> {
              all.forEach(r -> newest.put(r.header("ot.tag"), decoding.apply(r)));
              return newest.size() == tags.size();
            });
        return newest;
      } finally {
        site.rest().delete(name);
      }
    }
  }

  /** A record in Confluent's wire format begins with 0 and the schema id. */
  private static JsonNode avro(Received record, SchemaRegistryStub registry) {
    if (record.record().value() == null) {
      return JSON.nullNode();
    }
    ByteBuffer bytes = ByteBuffer.wrap(record.record().value());
    assertThat(bytes.get()).isZero();
    Schema schema = new Schema.Parser().parse(registry.schema(bytes.getInt()));
    try {
      Object value =
          new GenericDatumReader<>(schema)
              .read(
                  null,
                  DecoderFactory.get().binaryDecoder(bytes.array(), 5, bytes.remaining(), null));
      return JSON.readTree(GenericData.get().toString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of the plant's variables by name, with '-' instead of the '.' of identifiers. */
  private static Map<String, JsonNode> expected() throws IOException {
    try (InputStream in = OpcUaTypesIT.class.getResourceAsStream("/opcua-values.json")) {
      return JSON.readValue(in, new TypeReference<TreeMap<String, JsonNode>>() {});
    }
  }
}
