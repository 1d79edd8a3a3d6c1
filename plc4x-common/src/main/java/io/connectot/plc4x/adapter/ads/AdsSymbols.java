// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.ads;

import io.connectot.plc4x.adapter.ResponseCode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeArrayInfo;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeTableChildEntry;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeTableEntry;
import org.apache.plc4x.java.ads.readwrite.AdsSymbolTableEntry;
import org.apache.plc4x.java.ads.tag.DirectAdsStringTag;
import org.apache.plc4x.java.ads.tag.DirectAdsTag;
import org.apache.plc4x.java.api.model.PlcTag;

/**
 * The symbols of a TwinCAT controller, as the driver loaded them when it connected.
 *
 * <p>Finds the memory of symbols, members and elements of arrays, which the driver does not do for
 * elements, nor for names in other letters than those of the program. Immutable.
 */
public final class AdsSymbols {
  private static final Pattern PART = Pattern.compile("(\\w+)((?:\\[[-\\d, ]+])*)");
  private static final Pattern TEXT = Pattern.compile("(W?)STRING\\((\\d{1,6})\\)");

  /** A name with the index of an element in it. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\w+(?:\\[[-\\d, ]+])*(?:\\.\\w+(?:\\[[-\\d, ]+])*)*");

  private final Map<String, AdsSymbolTableEntry> symbols;
  private final AdsTypes types;

  /** Takes what a driver loaded. */
  public AdsSymbols(
      Map<String, AdsSymbolTableEntry> symbols, Map<String, AdsDataTypeTableEntry> types) {
    Map<String, AdsSymbolTableEntry> byName = new HashMap<>();
    symbols.forEach((name, symbol) -> byName.put(name.toLowerCase(Locale.ROOT), symbol));
    this.symbols = Map.copyOf(byName);
    this.types = new AdsTypes(types.values());
  }

  /**
   * What is known of an address.
   *
   * @param code OK when the driver reads it right
   * @param tag what the driver is asked for; null for the address itself
   */
  public record Resolved(ResponseCode code, PlcTag tag) {
    static final Resolved AS_IT_IS = new Resolved(ResponseCode.OK, null);

    static Resolved refused(ResponseCode code) {
      return new Resolved(code, null);
    }
  }

  /** A place in the memory of a controller, and the type of the value there. */
  private record Place(long group, long offset, String type) {
    Place at(long further, String inner) {
      return new Place(group, offset + further, inner);
    }
  }

  /** Whether an address is a symbol with indices, e.g. {@code MAIN.motors[3].speed}. */
  public static boolean isElement(String address) {
    return address.indexOf('[') >= 0 && ELEMENT.matcher(address).matches();
  }

  /** The symbols are empty unless the driver has loaded them. */
  public boolean isEmpty() {
    return symbols.isEmpty();
  }

  /**
   * Finds out how an address is read.
   *
   * @param subscription whether changes are subscribed to; the driver decodes only elementary
   *     values in notifications
   */
  public Resolved resolve(String address, boolean subscription) {
    if (isEmpty() || address.indexOf(':') >= 0) {
      return Resolved.AS_IT_IS;
    }
    Optional<Place> found = place(address);
    if (found.isEmpty()) {
      return Resolved.refused(
          address.indexOf('[') < 0 ? ResponseCode.NOT_FOUND : ResponseCode.INVALID_ADDRESS);
    }
    Place place = found.get();
    boolean decoded = subscription ? types.isPlain(place.type) : types.isDecoded(place.type);
    if (!decoded) {
      return Resolved.refused(ResponseCode.UNSUPPORTED);
    }
    return new Resolved(ResponseCode.OK, tag(place));
  }

  /** What can be written to an address without a type; AdsTarget.refused says why nothing. */
  public AdsTarget target(String address) {
    Optional<Place> found = place(address);
    if (found.isEmpty()) {
      return AdsTarget.refused(
          "the program of the controller has no symbol '" + address + "'; check its name");
    }
    Place place = found.get();
    return types.target(place.type, base -> tag(new Place(place.group, place.offset, base)));
  }

  private PlcTag tag(Place place) {
    String base =
        types
            .find(place.type)
            .map(AdsDataTypeTableEntry::getSimpleTypeName)
            .filter(name -> TEXT.matcher(name).matches())
            .orElse(place.type);
    Matcher text = TEXT.matcher(base);
    return text.matches()
        ? new DirectAdsStringTag(
            place.group, place.offset, place.type, Integer.parseInt(text.group(2)), 1)
        : new DirectAdsTag(place.group, place.offset, known(place.type), 1);
  }

  /** Of all elementary types, the driver knows LWORD only when the table of types has it. */
  private String known(String type) {
    return type.equals("LWORD") && types.find(type).isEmpty() ? "ULINT" : type;
  }

  /** The longest symbol that begins the address, then members and elements. */
  private Optional<Place> place(String address) {
    List<String> parts = List.of(address.split("\\.", -1));
    for (int length = parts.size(); length > 0; length--) {
      String last = parts.get(length - 1);
      int bracket = last.indexOf('[');
      String name =
          String.join(".", parts.subList(0, length - 1))
              + (length > 1 ? "." : "")
              + (bracket < 0 ? last : last.substring(0, bracket));
      AdsSymbolTableEntry symbol = symbols.get(name.toLowerCase(Locale.ROOT));
      if (symbol != null) {
        Place place = new Place(symbol.getGroup(), symbol.getOffset(), symbol.getDataTypeName());
        Optional<Place> inner = Optional.of(place);
        if (bracket >= 0) {
          inner = elements(place, last.substring(bracket));
        }
        List<String> rest = parts.subList(length, parts.size());
        return inner.flatMap(from -> members(from, rest));
      }
    }
    return Optional.empty();
  }

  private Optional<Place> members(Place from, List<String> parts) {
    Optional<Place> place = Optional.of(from);
    for (String part : parts) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      place = place.flatMap(parent -> member(parent, matcher.group(1)));
      if (!matcher.group(2).isEmpty()) {
        place = place.flatMap(array -> elements(array, matcher.group(2)));
      }
    }
    return place;
  }

  private Optional<Place> member(Place parent, String name) {
    for (AdsDataTypeTableChildEntry child :
        types.find(parent.type).map(AdsDataTypeTableEntry::getChildren).orElse(List.of())) {
      if (child.getPropertyName().equalsIgnoreCase(name)) {
        return Optional.of(parent.at(child.getOffset(), child.getDataTypeName()));
      }
    }
    return Optional.empty();
  }

  /** {@code [1]}, {@code [1,2]} or {@code [1][2]}. */
  private Optional<Place> elements(Place array, String indices) {
    Optional<Place> place = Optional.of(array);
    for (String bracket : indices.substring(1, indices.length() - 1).split("]\\[", -1)) {
      String[] numbers = bracket.split(",", -1);
      place = place.flatMap(outer -> element(outer, numbers));
    }
    return place;
  }

  private Optional<Place> element(Place array, String[] indices) {
    Optional<AdsDataTypeTableEntry> entry = types.find(array.type);
    if (entry.isEmpty() || entry.get().getArrayInfo().size() != indices.length) {
      return Optional.empty();
    }
    long element = 0;
    for (int i = 0; i < indices.length; i++) {
      AdsDataTypeArrayInfo dimension = entry.get().getArrayInfo().get(i);
      long index;
      try {
        // Bounds may be negative, and the table has them without a sign.
        index = Long.parseLong(indices[i].strip()) - (int) dimension.getLowerBound();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
      if (index < 0 || index >= dimension.getNumElements()) {
        return Optional.empty();
      }
      element = element * dimension.getNumElements() + index;
    }
    String type = AdsTypes.elementType(entry.get());
    long size = entry.get().getSize() / AdsTypes.elements(entry.get());
    OptionalLong known = types.size(type);
    return known.isPresent() && known.getAsLong() == size
        ? Optional.of(array.at(element * size, type))
        : Optional.empty();
  }
}
