// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.plc4x.java.api.value.PlcValue;
import org.apache.plc4x.java.spi.values.PlcBOOL;
import org.apache.plc4x.java.spi.values.PlcBYTE;
import org.apache.plc4x.java.spi.values.PlcCHAR;
import org.apache.plc4x.java.spi.values.PlcDATE;
import org.apache.plc4x.java.spi.values.PlcDATE_AND_TIME;
import org.apache.plc4x.java.spi.values.PlcDINT;
import org.apache.plc4x.java.spi.values.PlcDWORD;
import org.apache.plc4x.java.spi.values.PlcINT;
import org.apache.plc4x.java.spi.values.PlcLDATE;
import org.apache.plc4x.java.spi.values.PlcLDATE_AND_TIME;
import org.apache.plc4x.java.spi.values.PlcLINT;
import org.apache.plc4x.java.spi.values.PlcLREAL;
import org.apache.plc4x.java.spi.values.PlcLTIME;
import org.apache.plc4x.java.spi.values.PlcLTIME_OF_DAY;
import org.apache.plc4x.java.spi.values.PlcLWORD;
import org.apache.plc4x.java.spi.values.PlcList;
import org.apache.plc4x.java.spi.values.PlcREAL;
import org.apache.plc4x.java.spi.values.PlcRawByteArray;
import org.apache.plc4x.java.spi.values.PlcSINT;
import org.apache.plc4x.java.spi.values.PlcSTRING;
import org.apache.plc4x.java.spi.values.PlcTIME;
import org.apache.plc4x.java.spi.values.PlcTIME_OF_DAY;
import org.apache.plc4x.java.spi.values.PlcUDINT;
import org.apache.plc4x.java.spi.values.PlcUINT;
import org.apache.plc4x.java.spi.values.PlcULINT;
import org.apache.plc4x.java.spi.values.PlcUSINT;
import org.apache.plc4x.java.spi.values.PlcWCHAR;
import org.apache.plc4x.java.spi.values.PlcWORD;
import org.apache.plc4x.java.spi.values.PlcWSTRING;

/** Converts {@link RawValue}s to values of PLC4X. */
final class PlcValues {
  private PlcValues() {}

  /** The value, of exactly the type of the raw one. */
  static PlcValue of(RawValue raw) {
    if (raw.object() instanceof byte[] bytes) {
      return new PlcRawByteArray(bytes);
    } else if (raw.object() instanceof List<?> list) {
      List<PlcValue> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(of((RawValue) element)));
      return new PlcList(elements);
    } else if (raw.object() instanceof Number number) {
      return number(raw.type(), number);
    }
    return other(raw.type(), raw.object());
  }

  private static PlcValue number(PlcType type, Number number) {
    Long whole = number.longValue();
    return switch (type) {
      case BYTE -> new PlcBYTE(whole);
      case WORD -> new PlcWORD(whole);
      case DWORD -> new PlcDWORD(whole);
      case LWORD -> new PlcLWORD(big(number));
      case USINT -> new PlcUSINT(whole);
      case UINT -> new PlcUINT(whole);
      case UDINT -> new PlcUDINT(whole);
      case ULINT -> new PlcULINT(big(number));
      case SINT -> new PlcSINT(whole);
      case INT -> new PlcINT(whole);
      case DINT -> new PlcDINT(whole);
      case LINT -> new PlcLINT(whole);
      case REAL -> new PlcREAL((Float) number.floatValue());
      case LREAL -> new PlcLREAL((Double) number.doubleValue());
      default -> throw new IllegalArgumentException(type + " is not a number");
    };
  }

  private static BigInteger big(Number number) {
    return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
  }

  private static PlcValue other(PlcType type, Object object) {
    return switch (type) {
      case BOOL -> new PlcBOOL((Boolean) object);
      case CHAR -> new PlcCHAR(((String) object).charAt(0));
      case WCHAR -> new PlcWCHAR(((String) object).charAt(0));
      case STRING -> new PlcSTRING((String) object);
      case WSTRING -> new PlcWSTRING((String) object);
      case TIME -> new PlcTIME((Duration) object);
      case LTIME -> new PlcLTIME((Duration) object);
      case DATE -> new PlcDATE((LocalDate) object);
      case LDATE -> new PlcLDATE((LocalDate) object);
      case TIME_OF_DAY -> new PlcTIME_OF_DAY((LocalTime) object);
      case LTIME_OF_DAY -> new PlcLTIME_OF_DAY((LocalTime) object);
      case DATE_AND_TIME -> new PlcDATE_AND_TIME((LocalDateTime) object);
      case DATE_AND_LTIME, LDATE_AND_TIME -> new PlcLDATE_AND_TIME((LocalDateTime) object);
      default -> throw new IllegalArgumentException(type + " is not written");
    };
  }
}
