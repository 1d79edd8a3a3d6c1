// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * Fields without their name, for {@link org.apache.kafka.connect.data.Struct#put(Field, Object)}.
 * It checks the value and needs the name for its message only, but since Kafka 4.0 it makes the
 * text that names the field for every value, which takes longer than the rest of the call.
 */
public final class UnnamedField {
  private UnnamedField() {}

  /** The field of a schema that has it. */
  public static Field of(Schema schema, String name) {
    Field named = schema.field(name);
    return new Field(null, named.index(), named.schema());
  }
}
