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

    /** The text that came twice in a row last. Read and written without synchronization. */
    private Repeated repeated = Repeated.NONE;

    /** The text that came last. */
    private String previous;

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
      } else if (value instanceof String text && text.length() <= StringEncodings.MAX_LENGTH) {
        writeText(text, out);
      } else {
        out.writeRaw(name);
        writer.write(value, out);
      }
    }

    private void writeText(String text, JsonOutput out) {
      Repeated known = repeated;
      if (text.equals(known.text)) {
        out.writeRaw(known.member);
        return;
      }
      int from = out.size();
      out.writeRaw(name);
      writer.write(text, out);
      if (text.equals(previous)) {
        repeated = new Repeated(text, out.copyFrom(from));
      }
      previous = text;
    }
  }

  /** A member with a text that repeats, such as a name or a state. Immutable. */
  private static final class Repeated {
    static final Repeated NONE = new Repeated(null, null);

    private final String text;
    private final byte[] member;

    Repeated(String text, byte[] member) {
      this.text = text;
      this.member = member;
    }
  }
}
