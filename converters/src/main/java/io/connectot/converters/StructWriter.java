// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes structs of one schema as JSON objects. */
final class StructWriter implements ValueWriter {
  private final Schema schema;
  private final Member[] members;

  /**
   * Creates a writer.
   *
   * @param writers the writers of the fields, in the order of the schema
   */
  StructWriter(Schema schema, List<NullableWriter> writers) {
    this.schema = schema;
    List<Field> fields = schema.fields();
    members = new Member[fields.size()];
    JsonOutput names = new JsonOutput(new StringEncodings());
    for (int i = 0; i < members.length; i++) {
      names.clear();
      names.writeRaw(i == 0 ? '{' : ',');
      names.write(fields.get(i).name());
      names.writeRaw(':');
      members[i] = new Member(fields.get(i), names, writers.get(i));
    }
  }

  @Override
  public void write(Object value, JsonOutput out) {
    Struct struct = (Struct) value;
    if (struct.schema() != schema && !struct.schema().equals(schema)) {
      throw new UnsupportedValueException();
    }
    for (Member member : members) {
      member.write(struct, out);
    }
    if (members.length == 0) {
      out.writeRaw('{');
    }
    out.writeRaw('}');
  }

  /** Writes one field with its name. */
  private static final class Member {
    private final Field field;
    private final NullableWriter writer;
    private final boolean hasDefault;
    private final byte[] name;
    private final byte[] nameAndNull;

    Member(Field field, JsonOutput nameOutput, NullableWriter writer) {
      this.field = field;
      this.writer = writer;
      this.hasDefault = field.schema().defaultValue() != null;
      name = nameOutput.toBytes();
      nameOutput.writeNull();
      nameAndNull = writer.writesNull() ? nameOutput.toBytes() : null;
    }

    void write(Struct struct, JsonOutput out) {
      // Struct.get(Field) needs no look-up by name, but returns the default instead of null.
      Object value = hasDefault ? struct.getWithoutDefault(field.name()) : struct.get(field);
      if (value == null && nameAndNull != null) {
        out.writeRaw(nameAndNull);
      } else {
        out.writeRaw(name);
        writer.write(value, out);
      }
    }
  }
}
