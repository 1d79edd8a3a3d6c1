// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns can be written without quotes in the languages that query them. */
class ReservedWordsTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "reserved-words");

  @ParameterizedTest
  @CsvSource({
    "sql-2016, ",
    "postgresql, ",
    "flink-sql, ",
    // ksqlDB wants quotes around the name of the connector.
    "ksqldb, connector"
  })
  void isNoneOfTheColumns(String language, String exception) {
    Set<String> reserved = words(language);
    Set<String> found = new TreeSet<>(columns());
    found.retainAll(reserved);
    assertThat(found).isEqualTo(exception == null ? Set.of() : Set.of(exception));
  }

  @Test
  void knowsTheWordsThatColumnsOnceHad() {
    assertThat(words("sql-2016")).contains("timestamp", "from", "to", "condition", "value");
    assertThat(words("postgresql")).contains("from", "to", "user");
    assertThat(words("flink-sql")).contains("timestamp", "comment", "refresh");
    assertThat(words("ksqldb")).contains("from", "to").doesNotContain("type", "source");
  }

  @Test
  void areInLowerCaseWithoutSpecialCharacters() {
    assertThat(columns()).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
  }

  @Test
  void beginWithTheSameColumns() {
    assertThat(SchemaCatalog.all().values())
        .allSatisfy(
            schema -> {
              assertThat(schema.fields().subList(0, 5))
                  .extracting(Field::name)
                  .containsExactly("path", "device", "tag", "protocol", "connector");
              assertThat(schema.fields().subList(0, 5))
                  .extracting(field -> field.schema().isOptional())
                  .containsExactly(false, false, true, false, false);
            });
  }

  private static Set<String> columns() {
    Map<String, Schema> all = SchemaCatalog.all();
    return all.values().stream()
        .flatMap(schema -> schema.fields().stream())
        .map(Field::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(String language) {
    try (Stream<String> lines = Files.lines(LISTS.resolve(language + ".txt"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
