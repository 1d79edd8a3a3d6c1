// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A value as a device holds it, before it takes the shape of a record. Immutable. */
public sealed interface Value {

  /** A truth value: a coil, a discrete input, a bit. */
  record BooleanValue(boolean value) implements Value {
    /** The one instance that is true. */
    public static final BooleanValue TRUE = new BooleanValue(true);

    /** The one instance that is false. */
    public static final BooleanValue FALSE = new BooleanValue(false);

    /** The shared instance for {@code value}. */
    public static BooleanValue of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** A whole number that fits a signed 64-bit integer. */
  record LongValue(long value) implements Value {}

  /** An unsigned 64-bit number beyond 2^63-1. */
  record BigValue(BigInteger value) implements Value {}

  /** A floating-point number; NaN and infinities are values, not errors. */
  record DoubleValue(double value) implements Value {}

  /** Text. */
  record TextValue(String value) implements Value {}

  /**
   * Raw bytes. The array is handed over: neither side changes it afterwards.
   *
   * @param value the bytes, never null
   */
  @SuppressWarnings("ArrayRecordComponent")
  record BytesValue(byte[] value) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof BytesValue that && java.util.Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(value);
    }
  }

  /** A point in time. */
  record InstantValue(Instant value) implements Value {}

  /**
   * A whole number that stands for something.
   *
   * @param value the number, as the source holds it
   * @param label what it stands for, never null
   */
  record EnumValue(long value, String label) implements Value {}

  /**
   * Nothing where a value could be: an optional field that is absent, an element that is null. Only
   * inside arrays and structures; a measurement without a value has none.
   */
  record NullValue() implements Value {
    /** The one instance. */
    public static final NullValue NULL = new NullValue();
  }

  /** Several values of one type, in order, among them possibly {@link NullValue}. */
  record ArrayValue(ValueType elementType, List<Value> elements) implements Value {
    public ArrayValue {
      elements = List.copyOf(elements);
    }
  }

  /**
   * Named values in the order the source declares them. Field values are never null but may be
   * {@link NullValue}, so that all values of a type have the same fields.
   *
   * @param typeName the name of the structure at the source
   */
  record StructValue(String typeName, Map<String, Value> fields) implements Value {
    public StructValue {
      fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
    }
  }
}
