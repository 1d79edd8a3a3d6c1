// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.AvroConverter;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SchemaRegistryStub;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three devices with tags of all types and byte orders, in every layout. */
@ExtendWith(SharedSite.class)
class ThreeDevicesIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> VALUE_FIELDS =
      List.of("value_boolean", "value_long", "value_double", "value_string", "value_bytes");

  private final List<TagCase> cases = TagCase.all();
  private final List<FaultyDevice> devices =
      List.of(new FaultyDevice(), new FaultyDevice(), new FaultyDevice());
  private final Site site;
  private String name;

  ThreeDevicesIT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void fillRegisters() {
    name = site.uniqueName("types");
    for (int device = 1; device <= devices.size(); device++) {
      for (TagCase tag : cases) {
        tag.put().accept(devices.get(device - 1).registers(), device);
      }
    }
  }

  @AfterEach
  void cleanUp() {
    site.rest().delete(name);
    devices.forEach(FaultyDevice::close);
  }

  @Test
  void measurementsHoldValueQualityTypeUnitAndTimes() {
    long before = System.currentTimeMillis();
    site.create(name, config(Map.of()), 1);

    Map<String, Received> newest = newestOfEveryTag(2);

    long after = System.currentTimeMillis();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
    assertThat(newest).hasSize(3 * cases.size());
    newest.values().forEach(record -> checkMeasurement(record, before, after));
  }

  private void checkMeasurement(Received record, long before, long after) {
    JsonNode json = record.json();
    String device = record.text("device");
    TagCase tag = tagCase(record.text("tag"));
    String what = device + " " + tag.name() + ": " + json;
    Map<String, Object> fields = new TreeMap<>();
    for (String field : VALUE_FIELDS) {
      if (json.hasNonNull(field)) {
        fields.put(field, plain(json.get(field)));
      }
    }
    assertThat(fields)
        .as(what)
        .isEqualTo(plain(tag.fields().apply(ModbusSetup.deviceNumber(device))));
    assertThat(record.text("quality")).as(what).isEqualTo(tag.quality());
    assertThat(record.text("type")).as(what).isEqualTo(tag.type());
    assertThat(record.text("unit")).as(what).isEqualTo(tag.name().equals("scaled") ? "°C" : "");
    assertThat(record.text("protocol")).as(what).isEqualTo("modbus");
    assertThat(record.text("path")).as(what).isEqualTo("acme/" + device + "/" + tag.name());
    assertThat(record.key()).as(what).isEqualTo(record.text("path"));
    assertThat(record.header("ot.device")).as(what).isEqualTo(device);
    long timestamp = json.get("event_time").asLong();
    assertThat(timestamp).as(what).isBetween(before, after);
    assertThat(json.get("ingest_time").asLong()).as(what).isBetween(timestamp, after);
    assertThat(json.get("event_time_ns").asLong() / 1_000_000).as(what).isEqualTo(timestamp);
    assertThat(record.record().timestamp()).as("Kafka's time of " + what).isEqualTo(timestamp);
    if (tag.name().equals(TagCase.MISSING)) {
      assertThat(record.text("status")).as(what).contains("ILLEGAL_DATA_ADDRESS");
    }
  }

  @Test
  void bareValuesHaveTheRestInHeaders() {
    site.create(name, config(decimalsAsNumbers("value")), 1);

    Map<String, Received> newest = newestOfEveryTag(2);

    assertThat(newest).hasSize(3 * cases.size());
    for (Received record : newest.values()) {
      String device = record.header("ot.device");
      TagCase tag = tagCase(record.header("ot.tag"));
      String what = device + " " + tag.name();
      assertThat(record.header("ot.quality")).as(what).isEqualTo(tag.quality());
      assertThat(record.header("ot.type")).as(what).isEqualTo(tag.type());
      Object expected = tag.bare().apply(ModbusSetup.deviceNumber(device));
      if (tag.type().equals("JSON")) {
        assertThat(record.json().toString()).as(what).isEqualTo(expected);
      } else {
        assertThat(plain(record.json())).as(what).isEqualTo(plain(expected));
      }
    }
  }

  @Test
  void rowsHaveAFieldForEveryTag() {
    site.create(name, config(decimalsAsNumbers("row")), 1);

    try (RecordReader reader = site.reader(name)) {
      List<Received> rows =
          reader.awaitAll(
              "two rows of every device",
              LIMIT,
              all ->
                  Stream.of(1, 2, 3)
                      .allMatch(
                          d ->
                              all.stream()
                                      .filter(r -> r.text("device").equals("device" + d))
                                      .count()
                                  >= 2));
      for (Received row : rows) {
        String device = row.text("device");
        for (TagCase tag : cases) {
          String what = device + " " + tag.name();
          assertThat(plain(row.json().get(tag.name())))
              .as(what)
              .isEqualTo(plain(tag.bare().apply(ModbusSetup.deviceNumber(device))));
          assertThat(quality(row, tag)).as(what).isEqualTo(tag.quality());
        }
        assertThat(row.key()).isEqualTo("acme/" + device);
      }
    }
  }

  @Test
  void registryKnowsOneVersionOfTheMeasurementWhateverTypesAndQualitiesThereAre() throws Exception {
    try (SchemaRegistryStub registry = new SchemaRegistryStub();
        RecordReader reader = site.reader(name)) {
      site.create(name, config(AvroConverter.config(registry)), 1);
      Set<String> keys = new HashSet<>();
      reader.awaitAll(
          "an Avro record of every tag",
          LIMIT,
          all -> {
            all.forEach(record -> keys.add(record.key()));
            return keys.size() == 3 * cases.size();
          });
      int position = reader.position();
      devices.get(0).switchOff();
      reader.awaitAll(
          "records of a device that is away",
          LIMIT,
          all -> {
            Set<String> away = new TreeSet<>();
            all.stream().skip(position).map(Received::key).forEach(away::add);
            return away.stream().filter(key -> key.startsWith("acme/device1/")).count()
                == cases.size() - 1;
          });

      assertThat(registry.versions()).containsOnlyKeys(name + "-value");
      assertThat(registry.versions().get(name + "-value"))
          .as("versions of the schema")
          .singleElement()
          .asString()
          .contains("\"name\":\"Measurement\"", "\"namespace\":\"io.connectot\"");
      assertThat(idsIn(reader.all())).as("schema ids in the records").hasSize(1);
    }
  }

  /** The quality of a tag of a row: GOOD unless the row names another. */
  private static String quality(Received row, TagCase tag) {
    String others = row.text("tag_qualities");
    try {
      return others.isEmpty()
          ? "GOOD"
          : new ObjectMapper().readTree(others).path(tag.name()).asText("GOOD");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record in Confluent's wire format begins with 0 and the schema id. */
  private static Set<Integer> idsIn(List<Received> records) {
    Set<Integer> ids = new TreeSet<>();
    for (Received record : records) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(record.record().value());
      assertThat(bytes.get()).isZero();
      ids.add(bytes.getInt());
    }
    return ids;
  }

  private Map<String, String> config(Map<String, String> more) {
    Map<String, String> config = ModbusSetup.connector(name, devices);
    config.put("uns.path", "acme");
    cases.forEach(tag -> config.put("tags." + tag.name(), tag.line()));
    config.putAll(more);
    return config;
  }

  /** By default the JSON converter writes unsigned 64-bit numbers as base64. */
  private static Map<String, String> decimalsAsNumbers(String layout) {
    return Map.of(
        "record.layout", layout,
        "value.converter", "org.apache.kafka.connect.json.JsonConverter",
        "value.converter.schemas.enable", "false",
        "value.converter.decimal.format", "NUMERIC");
  }

  /** The newest record of every tag, once every tag has at least this number of records. */
  private Map<String, Received> newestOfEveryTag(int atLeast) {
    try (RecordReader reader = site.reader(name)) {
      List<Received> records =
          reader.awaitAll(
              "records of every tag",
              LIMIT,
              all -> {
                Map<String, Integer> counts = new TreeMap<>();
                all.forEach(record -> counts.merge(record.key(), 1, Integer::sum));
                return counts.size() == 3 * cases.size()
                    && counts.entrySet().stream()
                        // A failing tag becomes BAD once, not in every scan.
                        .allMatch(
                            count ->
                                count.getValue() >= atLeast
                                    || count.getKey().endsWith("/" + TagCase.MISSING));
              });
      Map<String, Received> newest = new TreeMap<>();
      records.forEach(record -> newest.put(record.key(), record));
      return newest;
    }
  }

  private TagCase tagCase(String tag) {
    return cases.stream().filter(c -> c.name().equals(tag)).findFirst().orElseThrow();
  }

  private static Map<String, Object> plain(Map<String, Object> fields) {
    Map<String, Object> plain = new TreeMap<>();
    fields.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  /** Converts numbers to a common Java type, so that they can be compared. */
  private static Object plain(Object value) {
    if (value instanceof JsonNode json) {
      return json.isNull() || json.isMissingNode()
          ? "none"
          : json.isNumber()
              ? new BigDecimal(json.asText()).stripTrailingZeros()
              : json.isBoolean() ? (Object) json.asBoolean() : json.asText();
    }
    if (value == null) {
      return "none";
    }
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros()
        : value;
  }
}
