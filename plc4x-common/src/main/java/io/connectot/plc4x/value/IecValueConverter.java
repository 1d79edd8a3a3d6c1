// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ShortestDecimal;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts values by their type in IEC 61131-3.
 *
 * <p>Durations become integers in the unit of PLCs: TIME milliseconds, LTIME nanoseconds. Dates
 * become instants; PLCs have no time zone, so UTC is assumed. A time of day is text like {@code
 * 12:34:56.789}. An array with an element without a value has no value; a structure omits fields
 * without a value.
 */
public final class IecValueConverter {
  private static final BigInteger SMALLEST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private IecValueConverter() {}

  /**
   * Converts one value.
   *
   * @param declared the type of the tag's address; the raw value's own may differ or be unknown
   * @param raw the value from the driver
   * @param scaling applied to every number
   * @return empty when the source has no value
   */
  public static Optional<Value> convert(PlcType declared, RawValue raw, Scaling scaling) {
    PlcType type = raw.type() == PlcType.UNKNOWN ? declared : raw.type();
    return Optional.ofNullable(convert(type, raw.object(), scaling));
  }

  /** Null when there is no value. */
  private static Value convert(PlcType type, Object object, Scaling scaling) {
    if (object instanceof Boolean flag) {
      return BooleanValue.of(flag);
    } else if (object instanceof Number number) {
      return number(number, scaling);
    } else if (object instanceof CharSequence || object instanceof Character) {
      return new TextValue(object.toString());
    } else if (object instanceof byte[] bytes) {
      return new BytesValue(bytes);
    } else if (object instanceof Duration duration) {
      return duration(type, duration, scaling);
    } else if (object instanceof LocalDateTime time) {
      return new InstantValue(time.toInstant(ZoneOffset.UTC));
    } else if (object instanceof LocalDate date) {
      return new InstantValue(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    } else if (object instanceof LocalTime time) {
      return new TextValue(DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    } else if (object instanceof Instant instant) {
      return new InstantValue(instant);
    } else if (object instanceof List<?> list) {
      return array(list, scaling);
    } else if (object instanceof Map<?, ?> map) {
      return structure(map, scaling);
    }
    return object == null ? null : new TextValue(object.toString());
  }

  private static Value number(Number number, Scaling scaling) {
    boolean scaled = !scaling.isIdentity();
    if (number instanceof BigInteger big) {
      return scaled ? new DoubleValue(scaling.apply(big)) : integer(big);
    } else if (number instanceof Float single) {
      return new DoubleValue(scaling.apply(ShortestDecimal.of(single)));
    } else if (number instanceof Double || number instanceof BigDecimal) {
      return new DoubleValue(scaling.apply(number.doubleValue()));
    }
    long whole = number.longValue();
    return scaled ? new DoubleValue(scaling.apply(whole)) : new LongValue(whole);
  }

  private static Value integer(BigInteger number) {
    boolean fits = number.compareTo(SMALLEST_LONG) >= 0 && number.compareTo(LARGEST_LONG) <= 0;
    return fits ? new LongValue(number.longValue()) : new BigValue(number);
  }

  private static Value duration(PlcType type, Duration duration, Scaling scaling) {
    if (type != PlcType.LTIME) {
      return number(duration.toMillis(), scaling);
    }
    BigInteger nanos =
        BigInteger.valueOf(duration.getSeconds())
            .multiply(BigInteger.valueOf(1_000_000_000L))
            .add(BigInteger.valueOf(duration.getNano()));
    return number(nanos, scaling);
  }

  private static Value array(List<?> list, Scaling scaling) {
    List<Value> elements = new ArrayList<>(list.size());
    ValueType elementType = ValueType.STRING;
    for (Object object : list) {
      RawValue raw = (RawValue) object;
      Value element = convert(raw.type(), raw.object(), scaling);
      if (element == null) {
        return null;
      }
      boolean scaled = !scaling.isIdentity() && element instanceof DoubleValue;
      elementType = scaled ? ValueType.FLOAT64 : raw.type().valueType();
      elements.add(element);
    }
    return new ArrayValue(elementType, elements);
  }

  private static Value structure(Map<?, ?> map, Scaling scaling) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      RawValue raw = (RawValue) entry.getValue();
      Value field = convert(raw.type(), raw.object(), scaling);
      if (field != null) {
        fields.put((String) entry.getKey(), field);
      }
    }
    return new StructValue("STRUCT", fields);
  }
}
