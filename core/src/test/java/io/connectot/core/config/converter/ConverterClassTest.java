// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverterClassTest {
  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.connect.storage.StringConverter, TEXT SCALAR",
    "StringConverter, TEXT SCALAR",
    "String, TEXT SCALAR",
    "org.apache.kafka.connect.converters.ByteArrayConverter, BYTES",
    "ByteArray, BYTES",
    "org.apache.kafka.connect.converters.DoubleConverter, SCALAR",
    "org.apache.kafka.connect.converters.BooleanConverter, SCALAR",
    "org.apache.kafka.connect.json.JsonConverter, ALL",
    "io.confluent.connect.avro.AvroConverter, ALL",
    "io.confluent.connect.json.JsonSchemaConverter, ALL",
    "io.confluent.connect.protobuf.ProtobufConverter, STRUCT",
    "com.acme.StringConverter, ALL",
    "com.acme.Anything, ALL",
  })
  void knowsWhatConvertersCarry(String name, String carried) {
    ConverterClass converter = new ConverterClass(name);
    Set<RecordContent> expected =
        carried.equals("ALL")
            ? EnumSet.allOf(RecordContent.class)
            : Arrays.stream(carried.split(" ", -1))
                .map(RecordContent::valueOf)
                .collect(Collectors.toSet());
    assertThat(RecordContent.values())
        .allSatisfy(
            content ->
                assertThat(converter.carries(content))
                    .as("%s", content)
                    .isEqualTo(expected.contains(content)));
  }
}
