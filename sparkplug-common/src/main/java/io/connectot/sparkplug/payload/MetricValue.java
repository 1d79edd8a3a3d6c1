// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The value of a metric, property, parameter or cell. Immutable. */
public sealed interface MetricValue permits MetricValue.Scalar, DataSet, Template, Properties {

  /** A value without fields of its own, or an array of such values. */
  sealed interface Scalar extends MetricValue {}

  /** A whole number that fits a signed 64-bit integer. */
  record LongValue(long value) implements Scalar {}

  /** An unsigned 64-bit number beyond 2^63-1. */
  record BigValue(BigInteger value) implements Scalar {}

  /** A single-precision number. */
  record FloatValue(float value) implements Scalar {}

  /** A double-precision number. */
  record DoubleValue(double value) implements Scalar {}

  /** A truth value. */
  record BooleanValue(boolean value) implements Scalar {
    /** The one instance that is true. */
    public static final BooleanValue TRUE = new BooleanValue(true);

    /** The one instance that is false. */
    public static final BooleanValue FALSE = new BooleanValue(false);

    /** The shared instance for {@code value}. */
    public static BooleanValue of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** Text: a String, Text or UUID. */
  record TextValue(String value) implements Scalar {}

  /**
   * Bytes or the content of a file. The array is handed over: neither side changes it afterwards.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record BytesValue(byte[] value) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof BytesValue that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "BytesValue[" + value.length + " bytes]";
    }
  }

  /** A point in time, in milliseconds since 1970. */
  record DateTimeValue(long epochMillis) implements Scalar {}

  /** The elements of an array, all of one type. */
  record ArrayValue(DataType elementType, List<MetricValue> elements) implements Scalar {
    public ArrayValue {
      elements = List.copyOf(elements);
    }
  }

  /** No value in a cell of a data set. */
  record NullValue() implements Scalar {
    /** The one instance. */
    public static final NullValue NULL = new NullValue();
  }

  /**
   * A whole number whose type the payload does not name. Its sign, and whether it is a number or a
   * time, follow from the type that the birth named: {@link Metric#as}.
   *
   * @param bits the number as it was sent; zero-extended when it was sent as 32 bits
   */
  record UntypedInteger(long bits) implements Scalar {}

  /**
   * What was sent is not a value of the type that was named.
   *
   * @param reason what is wrong, for the status of a BAD measurement
   */
  record InvalidValue(String reason) implements Scalar {}
}
