// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Decides whether a schema may follow another in a topic. */
final class SchemaEvolution {
  private SchemaEvolution() {}

  /**
   * What keeps the records of a former schema from being read with the latest, by the rule BACKWARD
   * of registries; and what consumers that know the former schema would miss.
   *
   * @return empty when the latest may follow
   */
  static List<String> problems(Schema former, Schema latest) {
    List<String> problems = new ArrayList<>();
    SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(latest, former);
    pair.getResult()
        .getIncompatibilities()
        .forEach(found -> problems.add(found.getLocation() + ": " + found.getMessage()));
    for (Field field : former.getFields()) {
      if (latest.getField(field.name()) == null) {
        problems.add("/" + field.name() + ": the column is missing");
      }
    }
    int before = version(former);
    if (!latest.equals(former) && version(latest) <= before) {
      problems.add("the version of a changed schema must be more than " + before);
    }
    return problems;
  }

  private static int version(Schema schema) {
    return ((Number) schema.getObjectProp(AvroSchemas.VERSION)).intValue();
  }
}
