// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.record.PreparedRecord;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task notices of the converters of its worker. */
class ConverterCheckTest {
  /** Three numbers: as many characters in JSON as in Java's text. */
  private static final Schema THREE =
      SchemaBuilder.struct()
          .field("a", Schema.INT64_SCHEMA)
          .field("b", Schema.INT64_SCHEMA)
          .field("c", Schema.INT64_SCHEMA)
          .build();

  private final ConverterCheck check = new ConverterCheck(Optional.empty(), false, false);
  private final ConverterCheck tolerant = new ConverterCheck(Optional.empty(), true, false);

  @Test
  void findsTextWrittenForStructures() {
    assertThat(accepted(check, string(), of(THREE, three()))).isFalse();
    assertThat(check.failure())
        .get()
        .extracting(ConnectException::getMessage)
        .asString()
        .contains(
            "value.converter",
            "structures",
            "MQTT topic plant/a",
            "Kafka topic t",
            "acknowledged",
            "Set value.converter",
            "JsonConverter");
  }

  @Test
  void findsTextWrittenForMapsListsAndTimes() {
    assertThat(accepted(check, string(), of(null, Map.of("a", List.of(1L, 2L, 3L))))).isFalse();
    assertThat(accepted(fresh(), string(), of(null, List.of(1L, 2L)))).isFalse();
    assertThat(accepted(fresh(), string(), of(Timestamp.SCHEMA, new Date(0)))).isFalse();
  }

  /** The text of an array takes 9 to 11 characters. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 40})
  void findsTextWrittenForBytesOfAnyLength(int length) {
    assertThat(accepted(fresh(), string(), of(Schema.BYTES_SCHEMA, new byte[length]))).isFalse();
    assertThat(accepted(fresh(), bytes(0), of(Schema.BYTES_SCHEMA, new byte[length]))).isTrue();
    assertThat(accepted(fresh(), json(), of(Schema.BYTES_SCHEMA, new byte[length]))).isTrue();
    assertThat(accepted(fresh(), bytes(5), of(Schema.BYTES_SCHEMA, new byte[length]))).isTrue();
    assertThat(accepted(fresh(), bytes(6), of(Schema.BYTES_SCHEMA, new byte[length]))).isTrue();
  }

  @Test
  void acceptsWhatAConverterCarries() {
    assertThat(accepted(check, json(), of(THREE, three()))).isTrue();
    assertThat(accepted(check, json(), of(null, Map.of("a", List.of(1L, 2L, 3L))))).isTrue();
    assertThat(accepted(check, string(), of(Schema.STRING_SCHEMA, "21.5"))).isTrue();
    assertThat(accepted(check, string(), of(Schema.FLOAT64_SCHEMA, 21.5))).isTrue();
    assertThat(accepted(check, string(), of(null, null))).isTrue();
    assertThat(check.failure()).isEmpty();
  }

  @Test
  void nothingIsAcknowledgedAfterAFailure() {
    accepted(check, string(), of(Schema.BYTES_SCHEMA, new byte[4]));
    assertThat(accepted(check, json(), of(THREE, three()))).isFalse();
  }

  @Test
  void theContentOfAValueRemains() {
    TrackedRecord record = of(THREE, three());
    check.observe(List.of(record));
    assertThat(record.value()).isInstanceOf(Struct.class);
    assertThat(((Struct) record.value()).getInt64("c")).isEqualTo(3);
    assertThat(record.value().toString()).isEqualTo(three().toString());
  }

  @Test
  void observesNothingOnceAKindWasConverted() {
    accepted(check, json(), of(THREE, three()));
    TrackedRecord later = of(THREE, three());
    check.observe(List.of(later));
    assertThat(later.probe()).isNull();
  }

  /** E.g. InsertHeader, which makes a new record of the same value. */
  @Test
  void seesTextBehindATransformationThatKeepsTheValue() {
    assertThat(
            accepted(check, string(), of(THREE, three()), record -> copy(record, record.value())))
        .isFalse();
  }

  /** E.g. a transformation that makes a text of bytes. */
  @Test
  void doesNotJudgeWhatATransformationMadeOfAValue() {
    for (int length = 0; length < 12; length++) {
      String text = "x".repeat(length);
      assertThat(
              accepted(
                  fresh(),
                  string(),
                  of(Schema.BYTES_SCHEMA, new byte[5]),
                  record -> copy(record, text)))
          .isTrue();
    }
  }

  @Test
  void droppedRecordsAreAcceptedWhenAFilterDroppedThem() {
    TrackedRecord filtered = of(THREE, three());
    tolerant.observe(List.of(filtered));
    // A predicate that looks for tombstones, and one for headers.
    assertThat(filtered.value()).isNotNull();
    assertThat(filtered.headers()).isNotEmpty();
    assertThat(tolerant.accept(filtered, null)).isTrue();
  }

  /** {@code errors.tolerance=all} would drop every record. */
  @Test
  void theFirstRecordThatAConverterRefusesIsNotAcknowledged() {
    assertThat(accepted(tolerant, refusing(), of(THREE, three()))).isFalse();
    assertThat(tolerant.failure())
        .get()
        .extracting(ConnectException::getMessage)
        .asString()
        .contains("errors.tolerance=all", "structures", "MQTT topic plant/a", "Kafka topic t");
  }

  /** What {@code errors.tolerance=all} is for. */
  @Test
  void singleRecordsThatAConverterRefusesAreTolerated() {
    accepted(tolerant, json(), of(THREE, three()));
    assertThat(accepted(tolerant, refusing(), of(THREE, three()))).isTrue();
  }

  /** A transformation of values asks for their schema. */
  @Test
  void recordsThatATransformationRefusesAreTolerated() {
    ConverterCheck transforming = new ConverterCheck(Optional.empty(), true, true);
    TrackedRecord refused = of(THREE, three());
    transforming.observe(List.of(refused));
    assertThat(refused.valueSchema()).isNotNull();
    assertThat(transforming.accept(refused, null)).isTrue();
  }

  private static ConverterCheck fresh() {
    return new ConverterCheck(Optional.empty(), false, false);
  }

  private static Struct three() {
    return new Struct(THREE).put("a", 1L).put("b", 2L).put("c", 3L);
  }

  private static TrackedRecord of(Schema schema, Object value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("mqtt.topic", "plant/a");
    return new TrackedRecord(
        Map.of(),
        Map.of(),
        new PreparedRecord("t", Schema.STRING_SCHEMA, "k", schema, value, 0, headers, 10),
        TrackedDelivery.UNTRACKED);
  }

  private static SourceRecord copy(SourceRecord record, Object value) {
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        value == record.value() ? record.valueSchema() : Schema.STRING_SCHEMA,
        value,
        record.timestamp(),
        record.headers());
  }

  private static boolean accepted(ConverterCheck check, Converter converter, TrackedRecord record) {
    return accepted(check, converter, record, same -> same);
  }

  /** Converts a record in the order in which a worker asks it. */
  private static boolean accepted(
      ConverterCheck check,
      Converter converter,
      TrackedRecord record,
      UnaryOperator<SourceRecord> transformation) {
    check.observe(new ArrayList<>(List.of(record)));
    SourceRecord transformed = transformation.apply(record);
    transformed.headers();
    transformed.keySchema();
    transformed.key();
    byte[] value;
    try {
      value =
          converter.fromConnectData(
              transformed.topic(), transformed.valueSchema(), transformed.value());
    } catch (DataException e) {
      return check.accept(record, null);
    }
    transformed.kafkaPartition();
    return check.accept(
        record,
        new RecordMetadata(
            new TopicPartition("t", 0), 0, 0, 0, 1, value == null ? -1 : value.length));
  }

  private static Converter string() {
    return new StringConverter();
  }

  private static Converter json() {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false", "converter.type", "value"));
    return converter;
  }

  private static Converter refusing() {
    return converter(
        value -> {
          throw new DataException("not bytes");
        });
  }

  /** Writes bytes after a prefix of some length. */
  private static Converter bytes(int prefix) {
    return converter(value -> new byte[prefix + ((byte[]) value).length]);
  }

  private static Converter converter(Function<Object, byte[]> conversion) {
    return new Converter() {
      @Override
      public void configure(Map<String, ?> configs, boolean isKey) {
        // Nothing to configure.
      }

      @Override
      public byte[] fromConnectData(String topic, Schema schema, Object value) {
        return conversion.apply(value);
      }

      @Override
      public SchemaAndValue toConnectData(String topic, byte[] value) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
