// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.connectot.core.mapping.settings.AttributesForm;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every schema against its predecessor in {@code src/test/resources/schemas}, by the rule
 * BACKWARD, which registries have by default: an incompatible schema stops the task of a user at
 * its first record.
 */
class SchemaEvolutionTest {
  private static final Path FILES = Path.of("src", "test", "resources", "schemas");
  private static final boolean UPDATE = System.getProperty("schemas.update") != null;

  static Stream<String> names() {
    return SchemaCatalog.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void followsItsPredecessor(String name) throws IOException {
    org.apache.avro.Schema latest = AvroSchemas.of(SchemaCatalog.all().get(name));
    Path file = FILES.resolve(name + ".avsc");
    if (Files.exists(file)) {
      org.apache.avro.Schema former = new SchemaParser().parse(Files.readString(file)).mainSchema();
      assertThat(SchemaEvolution.problems(former, latest))
          .as(
              "%s cannot follow the schema in %s: registries with BACKWARD rules would refuse it."
                  + " Only add optional columns, and raise the version",
              name, file)
          .isEmpty();
      if (former.equals(latest)) {
        return;
      }
    }
    if (!UPDATE) {
      fail(
          "%s differs from %s, and may follow it. If users shall get it, run this test again with"
              + " -Dschemas.update",
          name, file);
    }
    Files.createDirectories(FILES);
    Files.writeString(file, SchemaFormatter.format("json/pretty", latest) + "\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "MAP"})
  void takesOneMoreTagInARow(AttributesForm attributes) {
    List<Tag<String>> more = new ArrayList<>(SchemaCatalog.tags());
    more.add(1, tag("one_more", ValueType.FLOAT64));
    org.apache.avro.Schema before = AvroSchemas.of(SchemaCatalog.row(attributes));
    org.apache.avro.Schema after = AvroSchemas.of(RowSchema.of(more, attributes).schema());
    // The version is that of the columns that all rows have.
    assertThat(SchemaEvolution.problems(before, after))
        .containsExactly("the version of a changed schema must be more than 1");
    assertThat(SchemaEvolution.problems(after, before))
        .contains("/one_more: the column is missing");
  }

  @Test
  void refusesAChangedType() {
    assertThat(problems(schema -> schema.field("b", Schema.OPTIONAL_FLOAT64_SCHEMA).version(2)))
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("/fields/1/type"));
  }

  @Test
  void refusesARequiredColumn() {
    assertThat(
            problems(
                schema ->
                    schema
                        .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                        .field("c", Schema.STRING_SCHEMA)
                        .version(2)))
        .hasSize(1)
        .allMatch(problem -> problem.contains("c"));
  }

  @Test
  void refusesAMissingColumn() {
    assertThat(problems(schema -> schema.version(2))).containsExactly("/b: the column is missing");
  }

  @Test
  void refusesTheSameVersionOfAnotherSchema() {
    assertThat(
            problems(
                schema ->
                    schema
                        .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                        .field("c", Schema.OPTIONAL_STRING_SCHEMA)
                        .version(1)))
        .containsExactly("the version of a changed schema must be more than 1");
  }

  @Test
  void takesAnOptionalColumn() {
    assertThat(
            problems(
                schema ->
                    schema
                        .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                        .field("c", Schema.OPTIONAL_STRING_SCHEMA)
                        .version(2)))
        .isEmpty();
  }

  /** What keeps a schema from following one with a column a and an optional text b. */
  private static List<String> problems(UnaryOperator<SchemaBuilder> change) {
    Schema former = builder().field("b", Schema.OPTIONAL_STRING_SCHEMA).version(1).build();
    return SchemaEvolution.problems(
        AvroSchemas.of(former), AvroSchemas.of(change.apply(builder()).build()));
  }

  private static SchemaBuilder builder() {
    return SchemaBuilder.struct().name("io.connectot.Test").field("a", Schema.STRING_SCHEMA);
  }
}
