// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The Connect form of values whose type is inferred from the value: arrays and structures. Kept
 * from one value of a tag to the next, so that a schema is built once and not per record.
 * Immutable.
 */
sealed interface InferredSchema {
  /** The schema of values of this shape, always optional. */
  Schema schema();

  /** A value as {@link #schema} wants it; null when the value is of another shape. */
  Object convert(Value value);

  /** The shape of a value. */
  static InferredSchema of(Value value) {
    if (value instanceof ArrayValue array) {
      return ArrayShape.of(array);
    }
    if (value instanceof StructValue struct) {
      return StructShape.of(struct);
    }
    return value instanceof NullValue
        ? UnknownShape.INSTANCE
        : new ScalarShape(ConnectTypes.natural(value));
  }

  /** The shape of the values of a tag of a declared type, before the first value. */
  static InferredSchema of(ValueType declared) {
    return declared == ValueType.JSON ? UnknownShape.INSTANCE : new ScalarShape(declared);
  }

  /**
   * A shape for {@code latest} that takes the values of {@code known} too where numbers and values
   * that were missing allow it, so that a schema settles instead of swinging with every value.
   */
  static InferredSchema widen(InferredSchema known, InferredSchema latest) {
    return evolve(known, latest).orElse(latest);
  }

  /**
   * The shape that {@code known} becomes for values of the shape {@code latest}: numbers may get
   * wider, parts that were missing may come, and the fields of a structure may change.
   *
   * @return empty when it would become another kind of value
   */
  static Optional<InferredSchema> evolve(InferredSchema known, InferredSchema latest) {
    if (latest instanceof UnknownShape) {
      return Optional.of(known);
    }
    if (known instanceof UnknownShape) {
      // A tag for arrays and structures that has a single value holds text from then on.
      return Optional.of(latest);
    }
    if (known instanceof ScalarShape a && latest instanceof ScalarShape b) {
      return evolve(a, b);
    }
    if (known instanceof ArrayShape a && latest instanceof ArrayShape b) {
      return evolve(a.element, b.element).map(ArrayShape::new);
    }
    return known instanceof StructShape a && latest instanceof StructShape b
        ? evolve(a, b)
        : Optional.empty();
  }

  private static Optional<InferredSchema> evolve(ScalarShape known, ScalarShape latest) {
    if (known.type == latest.type) {
      return Optional.of(known);
    }
    if (!known.type.isNumeric() || !latest.type.isNumeric()) {
      return Optional.empty();
    }
    boolean widened =
        latest.type == ValueType.INT64
            && (known.type == ValueType.FLOAT64 || known.type == ValueType.UINT64);
    return Optional.of(widened ? known : latest);
  }

  private static Optional<InferredSchema> evolve(StructShape known, StructShape latest) {
    if (!known.typeName.equals(latest.typeName)) {
      return Optional.empty();
    }
    if (!known.names.equals(latest.names)) {
      return Optional.of(latest);
    }
    List<InferredSchema> fields = new ArrayList<>(latest.fields.size());
    for (int i = 0; i < latest.fields.size(); i++) {
      Optional<InferredSchema> field = evolve(known.fields.get(i), latest.fields.get(i));
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get());
    }
    return Optional.of(new StructShape(latest.typeName, latest.names, fields));
  }

  /** What has only been null or empty so far; takes no value, so that the first decides. */
  record UnknownShape() implements InferredSchema {
    static final UnknownShape INSTANCE = new UnknownShape();

    @Override
    public Schema schema() {
      return Schema.OPTIONAL_STRING_SCHEMA;
    }

    @Override
    public Object convert(Value value) {
      return null;
    }
  }

  /** A single value. */
  record ScalarShape(ValueType type) implements InferredSchema {
    @Override
    public Schema schema() {
      return ConnectTypes.schema(type);
    }

    @Override
    public Object convert(Value value) {
      return ConnectTypes.convert(type, value);
    }
  }

  /** Values of one shape, in order. */
  final class ArrayShape implements InferredSchema {
    private final InferredSchema element;
    private final Schema schema;

    private ArrayShape(InferredSchema element) {
      this.element = element;
      this.schema = SchemaBuilder.array(element.schema()).optional().build();
    }

    /** Elements of different shapes become their JSON texts. */
    static ArrayShape of(ArrayValue array) {
      if (array.elementType() != ValueType.JSON) {
        ArrayShape shape = new ArrayShape(new ScalarShape(array.elementType()));
        if (shape.convert(array) != null) {
          return shape;
        }
      }
      InferredSchema element = UnknownShape.INSTANCE;
      for (Value item : array.elements()) {
        element = widen(element, InferredSchema.of(item));
      }
      ArrayShape shape = new ArrayShape(element);
      return shape.convert(array) == null ? new ArrayShape(new ScalarShape(ValueType.JSON)) : shape;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Object convert(Value value) {
      if (!(value instanceof ArrayValue array)) {
        return null;
      }
      List<Object> converted = new ArrayList<>(array.elements().size());
      for (Value item : array.elements()) {
        Object object = element.convert(item);
        if (object == null && !(item instanceof NullValue)) {
          return null;
        }
        converted.add(object);
      }
      return converted;
    }
  }

  /** Named values. */
  final class StructShape implements InferredSchema {
    private final String typeName;
    private final List<String> names;
    private final List<InferredSchema> fields;
    private final Schema schema;

    private StructShape(String typeName, List<String> names, List<InferredSchema> fields) {
      this.typeName = typeName;
      this.names = names;
      this.fields = fields;
      SchemaBuilder builder =
          SchemaBuilder.struct().name("io.connectot.struct." + Names.legal(typeName)).optional();
      Set<String> taken = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        builder.field(unique(Names.legal(names.get(i)), taken), fields.get(i).schema());
      }
      this.schema = builder.build();
    }

    static StructShape of(StructValue struct) {
      List<InferredSchema> fields = new ArrayList<>(struct.fields().size());
      for (Value field : struct.fields().values()) {
        fields.add(InferredSchema.of(field));
      }
      return new StructShape(struct.typeName(), List.copyOf(struct.fields().keySet()), fields);
    }

    private static String unique(String name, Set<String> taken) {
      String candidate = name;
      for (int n = 2; !taken.add(candidate); n++) {
        candidate = name + "_" + n;
      }
      return candidate;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Object convert(Value value) {
      if (!(value instanceof StructValue struct)
          || struct.fields().size() != names.size()
          || !struct.typeName().equals(typeName)) {
        return null;
      }
      Struct converted = new Struct(schema);
      Iterator<Field> targets = schema.fields().iterator();
      int i = 0;
      for (Map.Entry<String, Value> entry : struct.fields().entrySet()) {
        if (!names.get(i).equals(entry.getKey())) {
          return null;
        }
        Value field = entry.getValue();
        Object object = fields.get(i).convert(field);
        if (object == null && !(field instanceof NullValue)) {
          return null;
        }
        converted.put(targets.next(), object);
        i++;
      }
      return converted;
    }
  }
}
