// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses tag lines. */
public final class TagLineParser {
  /** OPC UA's own options of a tag line, among them the server's own deadband. */
  public static final Set<String> OPTIONS =
      Set.of("sampling", "queue", "discard", "trigger", "deadband", "index.range", "skip.first");

  /** The most values that any server keeps; more is a mistake. */
  static final int MAX_QUEUE = 1_000_000;

  private static final List<String> TYPES =
      Arrays.stream(ValueType.values())
          .filter(type -> type != ValueType.UNKNOWN)
          .map(ValueType::configName)
          .toList();

  private TagLineParser() {}

  /** Which value a full queue loses. */
  private enum Discard {
    OLDEST,
    NEWEST
  }

  /**
   * Reads one tag line. Without a type on the line the tag's is that of the node, which is not
   * known yet.
   *
   * @throws LineException when it cannot work
   */
  public static ParsedTag<OpcUaTag> parse(TagLine line) throws LineException {
    Optional<ValueType> declared = Optional.empty();
    if (line.type().isPresent()) {
      declared = Optional.of(type(line.type().get()));
    }
    OpcUaTag tag = new OpcUaTag(NodeAddress.parse(line.address()), declared, item(line.options()));
    return new ParsedTag<>(tag, declared.orElse(ValueType.UNKNOWN));
  }

  /**
   * Reads the name of a type.
   *
   * @throws LineException when there is none of that name
   */
  static ValueType type(String text) throws LineException {
    for (ValueType type : ValueType.values()) {
      if (type != ValueType.UNKNOWN && type.configName().equalsIgnoreCase(text)) {
        return type;
      }
    }
    throw new LineException(
        "unknown type '"
            + text
            + "'"
            + Suggestion.of(text, TYPES)
                .word()
                .map(word -> ", did you mean " + word + "?")
                .orElse("; leave it out for the node's own, or write one of " + TYPES));
  }

  private static ItemSettings item(LineOptions options) throws LineException {
    return new ItemSettings(
            sampling(options),
            options.integer("queue", 1, MAX_QUEUE),
            options.choice("discard", Discard.class).map(discard -> discard == Discard.OLDEST),
            options.choice("trigger", Trigger.class),
            deadband(options),
            indexRange(options),
            options.flag("skip.first"))
        .shared();
  }

  /** A time, or 0 for as fast as the server can (OPC UA Part 4 §7.21). */
  private static Optional<Duration> sampling(LineOptions options) throws LineException {
    Optional<String> text = options.text("sampling");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals("0") || text.get().equals("0ms")) {
      return Optional.of(Duration.ZERO);
    }
    return new LineOptions(Map.of("sampling", text.get())).duration("sampling");
  }

  private static Optional<ItemDeadband> deadband(LineOptions options) throws LineException {
    Optional<String> text = options.text("deadband");
    return text.isEmpty() ? Optional.empty() : Optional.of(deadband(text.get()));
  }

  /**
   * Reads a deadband: {@code 0.5}, or {@code 5%} of the engineering unit range.
   *
   * @throws LineException when it is none
   */
  static ItemDeadband deadband(String text) throws LineException {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1).trim() : text;
    try {
      double size = Double.parseDouble(number);
      if (Double.isFinite(size)
          && size >= 0
          && (!percent || size <= 100)
          && !Character.isLetter(number.charAt(number.length() - 1))) {
        return new ItemDeadband(size, percent);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException(
        "deadband="
            + text
            + ": must be a number of 0 or more in the value's unit, or 0% to 100% of its"
            + " engineering unit range");
  }

  private static Optional<String> indexRange(LineOptions options) throws LineException {
    Optional<String> text = options.text("index.range");
    if (text.isPresent()) {
      checkIndexRange(text.get());
    }
    return text;
  }

  /**
   * Checks a NumericRange (OPC UA Part 4 §7.27): {@code 2}, {@code 0:9}, {@code 1,0:3}.
   *
   * @throws LineException when it is none
   */
  static void checkIndexRange(String text) throws LineException {
    for (String dimension : text.split(",", -1)) {
      String[] bounds = dimension.split(":", -1);
      boolean numbers =
          Arrays.stream(bounds)
              .allMatch(
                  bound ->
                      !bound.isEmpty()
                          && bound.length() <= 9
                          && bound.chars().allMatch(c -> c >= '0' && c <= '9'));
      if (!numbers
          || bounds.length > 2
          || (bounds.length == 2 && Integer.parseInt(bounds[0]) >= Integer.parseInt(bounds[1]))) {
        throw new LineException(
            "index.range="
                + text
                + ": must be an index like 2, a range like 0:9 whose end is the larger, or one"
                + " of these a dimension: 1,0:3");
      }
    }
  }
}
