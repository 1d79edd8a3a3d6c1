// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.value.PlcType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a tag in a Logix controller: {@code name:TYPE} or {@code name:TYPE:count}.
 *
 * <p>A name consists of members with indices: {@code Motors[3].speed}, {@code Arr[1,2]}, {@code
 * Program:Main.count}, {@code Local:1:I.Data}. A number at its end is a bit of an integer: {@code
 * Status.5}. Arrays of BOOL are stored as arrays of DWORD, so an element of one is a bit too.
 *
 * @param path the segments of the name, as they are sent
 * @param type the type of a value; {@link PlcType#UNKNOWN} for the type that the controller names
 * @param count the number of elements of an array
 * @param bit the bit of the value that is the tag; negative for the whole value
 * @param packed whether the bit is an element of an array of BOOL, so that the value is a DWORD
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CipAddress(byte[] path, PlcType type, int count, int bit, boolean packed) {
  /** The types that are decoded, by their names in addresses. */
  private static final Map<String, PlcType> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", PlcType.BOOL),
          Map.entry("SINT", PlcType.SINT),
          Map.entry("INT", PlcType.INT),
          Map.entry("DINT", PlcType.DINT),
          Map.entry("LINT", PlcType.LINT),
          Map.entry("USINT", PlcType.USINT),
          Map.entry("UINT", PlcType.UINT),
          Map.entry("UDINT", PlcType.UDINT),
          Map.entry("ULINT", PlcType.ULINT),
          Map.entry("REAL", PlcType.REAL),
          Map.entry("LREAL", PlcType.LREAL),
          Map.entry("STRING", PlcType.STRING),
          Map.entry("BYTE", PlcType.BYTE),
          Map.entry("WORD", PlcType.WORD),
          Map.entry("DWORD", PlcType.DWORD));

  private static final Pattern TYPE = Pattern.compile("(.*):([A-Z_0-9]*[A-Z])(?::(\\d{1,5}))?");
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z_0-9]*";

  /** A tag of a program, or of a module, whose names contain colons. */
  private static final Pattern FIRST = Pattern.compile(IDENTIFIER + "(?::[A-Za-z_0-9]+)*");

  private static final Pattern MEMBER =
      Pattern.compile("(" + IDENTIFIER + ")((?:\\[\\d{1,9}(?:,\\d{1,9}){0,2}])*)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** The driver sends a name of at most 255 characters, in which two stand for a byte. */
  private static final int LONGEST_PATH = 120;

  /** Packets have 500 bytes or more, less their headers. */
  private static final int MOST_BYTES = 400;

  private static final int BITS_OF_DWORD = 32;
  private static final int SYMBOL = 0x91;

  /** Marks the names that stand for a path, in requests of the driver. */
  private static final String MARK = "ConnectOt_";

  /**
   * Reads an address.
   *
   * @throws LineException when it is none, or its type is not decoded
   */
  public static CipAddress parse(String text) throws LineException {
    String name = text.startsWith("%") ? text.substring(1) : text;
    PlcType type = PlcType.UNKNOWN;
    int count = 1;
    Matcher typed = TYPE.matcher(name);
    if (typed.matches() && !isModule(typed)) {
      name = typed.group(1);
      type = type(typed.group(2));
      count = typed.group(3) == null ? 1 : Integer.parseInt(typed.group(3));
    }
    if (count < 1 || (count > 1 && (long) count * size(type) > MOST_BYTES)) {
      throw new LineException(
          "the array '" + text + "' does not fit a packet; read at most " + MOST_BYTES + " bytes");
    }
    return new Parser(text, type, count).parse(name);
  }

  /** In {@code Local:1:I} the last part is not a type. */
  private static boolean isModule(Matcher typed) {
    return !TYPES.containsKey(typed.group(2))
        && typed.group(2).length() == 1
        && typed.group(3) == null;
  }

  private static PlcType type(String name) throws LineException {
    PlcType type = TYPES.get(name);
    if (type == null) {
      throw new LineException(
          "values of the type "
              + name
              + " are not read from Logix controllers; there are "
              + String.join(", ", new java.util.TreeSet<>(TYPES.keySet()))
              + ". Of a structure, read the members, e.g. Motor.speed:REAL");
    }
    return type;
  }

  private static int size(PlcType type) {
    return switch (type) {
      case BOOL, SINT, USINT, BYTE -> 1;
      case INT, UINT, WORD -> 2;
      case LINT, ULINT, LREAL -> 8;
      case STRING -> 88;
      default -> 4;
    };
  }

  /** Whether it addresses several values. */
  public boolean isArray() {
    return count > 1;
  }

  /** The name that stands for this address in requests of the driver. */
  String standIn() {
    return MARK + HexFormat.of().formatHex(path) + "_" + count;
  }

  /** The path and the number of elements that a name stands for; null when it stands for none. */
  static CipAddress ofStandIn(byte[] driversPath) {
    if (driversPath.length < 2 || (driversPath[0] & 0xFF) != SYMBOL) {
      return null;
    }
    String name = new String(driversPath, 2, driversPath[1] & 0xFF, StandardCharsets.US_ASCII);
    if (!name.startsWith(MARK)) {
      return null;
    }
    int end = name.lastIndexOf('_');
    byte[] path = HexFormat.of().parseHex(name, MARK.length(), end);
    return new CipAddress(
        path, PlcType.UNKNOWN, Integer.parseInt(name.substring(end + 1)), -1, false);
  }

  /** Reads the name of one address. */
  private static final class Parser {
    private final String text;
    private final PlcType type;
    private final int count;
    private final ByteArrayOutputStream path = new ByteArrayOutputStream();
    private int bit = -1;
    private boolean packed;

    Parser(String text, PlcType type, int count) {
      this.text = text;
      this.type = type;
      this.count = count;
    }

    CipAddress parse(String name) throws LineException {
      String[] members = name.split("\\.", -1);
      for (int i = 0; i < members.length; i++) {
        boolean last = i == members.length - 1;
        if (i > 0 && last && NUMBER.matcher(members[i]).matches()) {
          bit = bitOfInteger(members[i]);
        } else {
          member(members[i], i == 0, last);
        }
      }
      if (path.size() > LONGEST_PATH) {
        throw new LineException(
            "the name '" + name + "' is too long; define an alias of the tag in the controller");
      }
      return new CipAddress(path.toByteArray(), type, count, bit, packed);
    }

    private int bitOfInteger(String number) throws LineException {
      int index = Integer.parseInt(number);
      if (index > 63 || (type != PlcType.BOOL && type != PlcType.UNKNOWN) || count > 1) {
        throw notUnderstood("a bit is written name.0:BOOL to name.63:BOOL");
      }
      return index;
    }

    private void member(String member, boolean first, boolean last) throws LineException {
      int bracket = member.indexOf('[');
      String symbol = bracket < 0 ? member : member.substring(0, bracket);
      String indices = bracket < 0 ? "" : member.substring(bracket);
      boolean valid =
          first
              ? FIRST.matcher(symbol).matches() && MEMBER.matcher("a" + indices).matches()
              : MEMBER.matcher(member).matches();
      if (!valid) {
        throw notUnderstood("'" + member + "' is not a name");
      }
      String word = symbol.substring(symbol.lastIndexOf(':') + 1);
      boolean ofProgram = symbol.regionMatches(true, 0, "Program:", 0, "Program:".length());
      if (first && !ofProgram && symbol.indexOf(':') > 0 && isType(word)) {
        throw notUnderstood("the type '" + word + "' stands at the end, in capitals");
      }
      symbol(first ? program(symbol) : symbol);
      if (indices.isEmpty()) {
        return;
      }
      String[] numbers = indices.substring(1, indices.length() - 1).split("]\\[|,", -1);
      for (int i = 0; i < numbers.length; i++) {
        int index = Integer.parseInt(numbers[i]);
        boolean ofBits = type == PlcType.BOOL && last && i == numbers.length - 1;
        if (ofBits && (count > 1 || numbers.length > 1)) {
          throw notUnderstood("elements of an array of BOOL are read one by one, by one index");
        }
        if (ofBits) {
          bit = index % BITS_OF_DWORD;
          packed = true;
        }
        index(ofBits ? index / BITS_OF_DWORD : index);
      }
    }

    private static boolean isType(String word) {
      return TYPES.containsKey(word.toUpperCase(Locale.ROOT));
    }

    /** Controllers write the word with a capital. */
    private static String program(String symbol) {
      return symbol.toLowerCase(Locale.ROOT).startsWith("program:")
          ? "Program:" + symbol.substring("program:".length())
          : symbol;
    }

    private void symbol(String symbol) {
      path.write(SYMBOL);
      path.write(symbol.length());
      path.writeBytes(symbol.getBytes(StandardCharsets.US_ASCII));
      if (symbol.length() % 2 != 0) {
        path.write(0);
      }
    }

    private void index(int index) {
      if (index <= 0xFF) {
        path.write(0x28);
        path.write(index);
        return;
      }
      boolean wide = index > 0xFFFF;
      path.write(wide ? 0x2A : 0x29);
      path.write(0);
      for (int shift = 0; shift < (wide ? 32 : 16); shift += 8) {
        path.write(index >> shift);
      }
    }

    private LineException notUnderstood(String why) {
      return new LineException(
          "the address '"
              + text
              + "' is not understood: "
              + why
              + "; write name:TYPE, e.g. Temperature:REAL, Arr[1,2]:DINT, Program:Main.count:DINT,"
              + " or name:TYPE:count for an array");
    }
  }
}
