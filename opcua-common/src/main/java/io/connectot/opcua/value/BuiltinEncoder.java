// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.line.LineException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Makes what the library has for values of built-in types, exactly or not at all: texts are never
 * taken for numbers, nor numbers for truth values. Times and bytes may be texts, as in JSON.
 * Thread-safe.
 */
public final class BuiltinEncoder {
  private static final Instant FIRST_TIME = Instant.parse("1601-01-01T00:00:00Z");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  private final NamespaceTable namespaces;

  public BuiltinEncoder(NamespaceTable namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * A single value.
   *
   * @throws LineException when the value is not one of the type, saying why
   */
  public Object of(Value value, OpcUaDataType type) throws LineException {
    return switch (type) {
      case Boolean -> {
        if (value instanceof BooleanValue flag) {
          yield flag.value();
        }
        throw wrong(value, type, "true or false");
      }
      case SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64 -> whole(value, type);
      case Float, Double -> real(value, type);
      case DateTime -> dateTime(value);
      case ByteString -> byteString(value);
      case StatusCode -> statusCode(value);
      case String, LocalizedText, XmlElement, Guid, QualifiedName, NodeId, ExpandedNodeId -> {
        if (value instanceof TextValue text) {
          yield text(text.value(), type);
        }
        throw wrong(value, type, "a text");
      }
      case ExtensionObject, DataValue, Variant, DiagnosticInfo ->
          throw new LineException("values of type " + type + " cannot be written");
    };
  }

  private static LineException wrong(Value value, OpcUaDataType type, String wanted) {
    return new LineException(describe(value) + " is not of type " + type + "; send " + wanted);
  }

  /** A value in words, short enough for a message. */
  private static String describe(Value value) {
    BigDecimal number = number(value);
    if (number != null) {
      return number.stripTrailingZeros().toPlainString();
    } else if (value instanceof TextValue text) {
      String start = text.value().substring(0, Math.min(40, text.value().length()));
      return "the text '" + start + (text.value().length() > 40 ? "...'" : "'");
    }
    return value instanceof BooleanValue flag
        ? Boolean.toString(flag.value())
        : value instanceof Value.ArrayValue
            ? "an array"
            : value instanceof Value.NullValue ? "null" : "the value";
  }

  /** The number of a value; null when it is none. */
  private static BigDecimal number(Value value) {
    if (value instanceof LongValue whole) {
      return BigDecimal.valueOf(whole.value());
    } else if (value instanceof BigValue whole) {
      return new BigDecimal(whole.value());
    } else if (value instanceof EnumValue whole) {
      return BigDecimal.valueOf(whole.value());
    } else if (value instanceof DoubleValue real && Double.isFinite(real.value())) {
      return BigDecimal.valueOf(real.value());
    }
    return null;
  }

  private static Object whole(Value value, OpcUaDataType type) throws LineException {
    BigDecimal number = number(value);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      throw wrong(value, type, "a whole number");
    }
    BigInteger whole = number.toBigIntegerExact();
    int bits =
        switch (type) {
          case SByte, Byte -> 8;
          case Int16, UInt16 -> 16;
          case Int32, UInt32 -> 32;
          default -> 64;
        };
    boolean signed =
        switch (type) {
          case SByte, Int16, Int32, Int64 -> true;
          default -> false;
        };
    if (signed ? whole.bitLength() >= bits : whole.signum() < 0 || whole.bitLength() > bits) {
      throw new LineException(describe(value) + " does not fit type " + type);
    }
    long bare = whole.longValue();
    return switch (type) {
      case SByte -> (byte) bare;
      case Byte -> UByte.valueOf(bare);
      case Int16 -> (short) bare;
      case UInt16 -> UShort.valueOf((int) bare);
      case Int32 -> (int) bare;
      case UInt32 -> UInteger.valueOf(bare);
      case Int64 -> bare;
      default -> ULong.valueOf(whole);
    };
  }

  /** Decimals are rounded to the next number of the type; whole numbers must not change. */
  private static Object real(Value value, OpcUaDataType type) throws LineException {
    BigDecimal number = number(value);
    if (number == null) {
      throw wrong(value, type, "a finite number");
    }
    boolean single = type == OpcUaDataType.Float;
    double rounded = single ? number.floatValue() : number.doubleValue();
    boolean isWhole = value instanceof LongValue || value instanceof BigValue;
    if (Double.isInfinite(rounded) || (isWhole && new BigDecimal(rounded).compareTo(number) != 0)) {
      throw new LineException(describe(value) + " does not fit type " + type);
    }
    return single ? (Object) (float) rounded : (Object) rounded;
  }

  private static Object dateTime(Value value) throws LineException {
    if (value instanceof InstantValue instant) {
      return dateTime(instant.value());
    }
    if (value instanceof TextValue text) {
      try {
        return dateTime(OffsetDateTime.parse(text.value()).toInstant());
      } catch (DateTimeException e) {
        // Said below.
      }
    }
    throw wrong(value, OpcUaDataType.DateTime, "a text such as 2026-11-28T21:28:12Z");
  }

  /** Part 6 §5.2.2.5: from 1601 to 9999, beyond which a server takes the time for none. */
  private static DateTime dateTime(Instant time) throws LineException {
    if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
      throw new LineException(time + " is not within the years 1601 to 9999 of a DateTime");
    }
    return new DateTime(time);
  }

  private static Object byteString(Value value) throws LineException {
    if (value instanceof BytesValue bytes) {
      return ByteString.of(bytes.value());
    }
    if (value instanceof TextValue text) {
      try {
        return ByteString.of(Base64.getDecoder().decode(text.value()));
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw wrong(value, OpcUaDataType.ByteString, "bytes, in JSON as Base64");
  }

  /** A number, or as it is read: {@code 0x80000000 Bad}. */
  private static Object statusCode(Value value) throws LineException {
    if (value instanceof TextValue text && text.value().startsWith("0x")) {
      String code = text.value().substring(2).split(" ", 2)[0].toUpperCase(Locale.ROOT);
      try {
        return new StatusCode(Integer.toUnsignedLong(Integer.parseUnsignedInt(code, 16)));
      } catch (NumberFormatException e) {
        throw wrong(value, OpcUaDataType.StatusCode, "a number");
      }
    }
    return new StatusCode(((UInteger) whole(value, OpcUaDataType.UInt32)).longValue());
  }

  private Object text(String text, OpcUaDataType type) throws LineException {
    try {
      return switch (type) {
        case String -> text;
        case LocalizedText -> new LocalizedText(null, text);
        case XmlElement -> XmlElement.of(text);
        case Guid -> guid(text);
        case QualifiedName -> qualifiedName(text);
        case NodeId -> nodeId(text);
        default -> ExpandedNodeId.parse(text);
      };
    } catch (LineException | RuntimeException e) {
      throw new LineException("the text is not a " + type + ": " + e.getMessage());
    }
  }

  /** The library cuts off digits of groups that are too long, and fills up the others. */
  private static UUID guid(String text) throws LineException {
    UUID guid = UUID.fromString(text);
    if (!guid.toString().equalsIgnoreCase(text)) {
      throw new LineException("write it like 09087e75-8e5e-499b-954f-f2a9603db28a");
    }
    return guid;
  }

  /** As it is read, {@code nsu=urn:plant;Press}, or as {@code 2:Press}. */
  private QualifiedName qualifiedName(String text) throws LineException {
    int end = text.indexOf(';');
    if (!text.startsWith("nsu=") || end < 0) {
      return QualifiedName.parse(text);
    }
    String uri = text.substring("nsu=".length(), end);
    UShort index = namespaces.getIndex(uri);
    if (index == null) {
      throw new LineException("the server has no namespace '" + uri + "'");
    }
    return new QualifiedName(index, text.substring(end + 1));
  }

  private NodeId nodeId(String text) throws LineException {
    ExpandedNodeId id = ExpandedNodeId.parse(text);
    return id.toNodeId(namespaces)
        .orElseThrow(() -> new LineException("the server has no namespace of node id " + text));
  }
}
