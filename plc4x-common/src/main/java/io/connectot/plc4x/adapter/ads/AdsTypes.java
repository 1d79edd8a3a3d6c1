// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.ads;

import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.PlcType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeArrayInfo;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeTableChildEntry;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeTableEntry;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.api.types.PlcValueType;

/**
 * The data types of a TwinCAT controller, and which of them the driver decodes right.
 *
 * <p>The driver of PLC4X 0.13.1 decodes the members of a structure and the elements of an array one
 * behind the other. It skips bytes between members, and does not skip bytes at the end of a
 * structure, or go back for the members of a union. It does not end at an array of two dimensions.
 * A type is decoded right if every member and element begins where the one before it ends.
 */
final class AdsTypes {
  private static final Pattern TEXT = Pattern.compile("(W?)STRING\\((\\d{1,6})\\)");
  private static final Pattern ARRAY = Pattern.compile("ARRAY ?\\[[^]]*] OF (.+)");

  /** Types in types in types; a type that contains itself is not decoded. */
  private static final int MAX_DEPTH = 50;

  private final Map<String, AdsDataTypeTableEntry> types = new HashMap<>();

  AdsTypes(Collection<AdsDataTypeTableEntry> entries) {
    entries.forEach(entry -> types.put(entry.getDataTypeName(), entry));
  }

  /** A type by its name. */
  Optional<AdsDataTypeTableEntry> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** The bytes of a value of a type; empty for unknown types. */
  OptionalLong size(String name) {
    AdsDataTypeTableEntry entry = types.get(name);
    return entry == null ? elementary(name) : OptionalLong.of(entry.getSize());
  }

  /** The type of the elements of an array. */
  static String elementType(AdsDataTypeTableEntry array) {
    Matcher matcher = ARRAY.matcher(array.getDataTypeName());
    return matcher.matches() ? matcher.group(1) : array.getSimpleTypeName();
  }

  static long elements(AdsDataTypeTableEntry array) {
    long elements = 1;
    for (AdsDataTypeArrayInfo dimension : array.getArrayInfo()) {
      elements *= dimension.getNumElements();
    }
    return elements;
  }

  /** Whether the driver decodes a value of a type right. */
  boolean isDecoded(String name) {
    OptionalLong size = size(name);
    if (size.isEmpty()) {
      return false;
    }
    OptionalLong decoded = decoded(name, false, 0);
    return decoded.isPresent()
        && decoded.getAsLong() > 0
        && decoded.getAsLong() <= size.getAsLong();
  }

  /** Whether it is a number or another type of a fixed size, which the driver decodes anywhere. */
  boolean isPlain(String name) {
    AdsDataTypeTableEntry entry = types.get(name);
    String plain =
        entry == null || entry.getSimpleTypeName().isEmpty() ? name : entry.getSimpleTypeName();
    return (entry == null || (entry.getArrayInfo().isEmpty() && entry.getChildren().isEmpty()))
        && elementary(plain).isPresent()
        && !TEXT.matcher(plain).matches();
  }

  /**
   * What can be written to a value of a type: an elementary value, a text, or an array of them with
   * one dimension. Others have gaps that the driver fills with zeros.
   *
   * @param tagOf makes the tag of the place by the type that the driver knows
   */
  AdsTarget target(String name, Function<String, PlcTag> tagOf) {
    AdsDataTypeTableEntry entry = types.get(name);
    if (entry != null && !entry.getChildren().isEmpty()) {
      return AdsTarget.refused("structures are not written; write their members one by one");
    }
    boolean array = entry != null && !entry.getArrayInfo().isEmpty();
    String element = array ? entry.getSimpleTypeName() : name;
    boolean known =
        array
            ? elementary(element).isPresent() && isDecoded(name) && !isUnsigned64(element)
            : elementary(base(element)).isPresent() && elementary(base(element)).equals(size(name));
    if (!known) {
      return AdsTarget.refused(
          "values of type "
              + name
              + " are not written"
              + (array ? "; write the elements one by one" : ""));
    }
    Matcher text = TEXT.matcher(base(element));
    int length = text.matches() ? Integer.parseInt(text.group(2)) : 0;
    String plain = text.matches() ? text.group(1) + "STRING" : base(element);
    PlcType type = PlcType.valueOf(plain.toUpperCase(Locale.ROOT));
    TagShape shape = TagShape.of(type, array ? (int) elements(entry) : 0);
    return new AdsTarget(shape, tagOf.apply(array ? name : written(base(name))), length);
  }

  /** The driver does not know unsigned numbers of 64 bits, or cuts them. */
  private static String written(String base) {
    return isUnsigned64(base) ? "LINT" : base;
  }

  private static boolean isUnsigned64(String type) {
    return type.equals("ULINT") || type.equals("LWORD");
  }

  /** The elementary type of an alias or an enumeration; the type itself for others. */
  private String base(String name) {
    AdsDataTypeTableEntry entry = types.get(name);
    return entry == null || entry.getSimpleTypeName().isEmpty() ? name : entry.getSimpleTypeName();
  }

  /**
   * The bytes that the driver decodes for a value; 0 for a type of which it decodes nothing, and
   * empty when it decodes other bytes than those of the value.
   *
   * @param inside whether the value is a member or an element
   */
  private OptionalLong decoded(String name, boolean inside, int depth) {
    AdsDataTypeTableEntry entry = types.get(name);
    OptionalLong plain = elementary(name);
    if (entry == null || plain.isPresent()) {
      return plain;
    } else if (depth > MAX_DEPTH) {
      return OptionalLong.empty();
    } else if (!entry.getArrayInfo().isEmpty()) {
      return array(entry, depth);
    } else if (!entry.getChildren().isEmpty()) {
      return structure(entry.getChildren(), depth);
    }
    String base = entry.getSimpleTypeName();
    OptionalLong alias = elementary(base);
    if (alias.isEmpty()) {
      return OptionalLong.of(0);
    }
    // Of a text by another name inside of a value, the driver does not know the length.
    boolean text = TEXT.matcher(base).matches();
    return alias.getAsLong() == entry.getSize() && !(text && inside) ? alias : OptionalLong.empty();
  }

  private OptionalLong array(AdsDataTypeTableEntry array, int depth) {
    long elements = elements(array);
    if (array.getArrayInfo().size() != 1 || elements < 1) {
      return OptionalLong.empty();
    }
    String name = array.getDataTypeName();
    // The driver takes the type behind the last OF, also of an array of arrays.
    int of = name.lastIndexOf(" OF ");
    if (of < 0) {
      return OptionalLong.empty();
    }
    OptionalLong element = decoded(name.substring(of + 4), true, depth + 1);
    return element.isPresent() && element.getAsLong() * elements == array.getSize()
        ? OptionalLong.of(array.getSize())
        : OptionalLong.empty();
  }

  private OptionalLong structure(List<AdsDataTypeTableChildEntry> members, int depth) {
    long position = 0;
    for (AdsDataTypeTableChildEntry member : members) {
      OptionalLong decoded = decoded(member.getDataTypeName(), true, depth + 1);
      if (decoded.isEmpty() || member.getOffset() < position) {
        return OptionalLong.empty();
      }
      position = member.getOffset() + decoded.getAsLong();
    }
    return OptionalLong.of(position);
  }

  /** The bytes of the elementary types that the driver decodes; empty for others. */
  private static OptionalLong elementary(String name) {
    Matcher text = TEXT.matcher(name);
    if (text.matches()) {
      long length = Long.parseLong(text.group(2)) + 1;
      return OptionalLong.of(text.group(1).isEmpty() ? length : 2 * length);
    }
    PlcValueType type;
    try {
      type = PlcValueType.valueOf(name);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    return switch (type) {
      case BOOL, BYTE, SINT, USINT, CHAR -> OptionalLong.of(1);
      case WORD, INT, UINT, WCHAR -> OptionalLong.of(2);
      case DWORD, DINT, UDINT, REAL, TIME, DATE, TIME_OF_DAY, DATE_AND_TIME -> OptionalLong.of(4);
      case LWORD, LINT, ULINT, LREAL, LTIME, LDATE, LTIME_OF_DAY, LDATE_AND_TIME ->
          OptionalLong.of(8);
      default -> OptionalLong.empty();
    };
  }
}
