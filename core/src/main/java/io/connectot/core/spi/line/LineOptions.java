// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code key=value} options of one line. Reading an option takes it; the rest is {@link
 * #remaining} and reported as unknown. For one thread.
 */
public final class LineOptions {
  private final Map<String, String> options;

  public LineOptions(Map<String, String> options) {
    this.options = new LinkedHashMap<>(options);
  }

  /** Takes an option as written. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(options.remove(key));
  }

  /** Takes a whole number within bounds, both inclusive: decimal, or hexadecimal after 0x. */
  public OptionalInt integer(String key, int min, int max) throws LineException {
    String text = options.remove(key);
    if (text == null) {
      return OptionalInt.empty();
    }
    try {
      int value =
          text.regionMatches(true, 0, "0x", 0, 2)
              ? Integer.parseInt(text.substring(2), 16)
              : Integer.parseInt(text);
      if (value >= min && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is not a number in the range.
    }
    throw new LineException(
        key + "=" + text + ": must be a whole number from " + min + " to " + max);
  }

  /** Takes a finite number. */
  public Optional<Double> number(String key) throws LineException {
    String text = options.remove(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(text);
      // Java's suffixes, as in 1d, are never intended on a line.
      if (Double.isFinite(value) && !Character.isLetter(text.charAt(text.length() - 1))) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for anything that is not a finite number.
    }
    throw new LineException(key + "=" + text + ": must be a number such as 0.1");
  }

  /** Takes {@code true} or {@code false}. */
  public Optional<Boolean> flag(String key) throws LineException {
    String text = options.remove(key);
    if (text == null) {
      return Optional.empty();
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw new LineException(key + "=" + text + ": must be true or false");
    };
  }

  /** Takes a positive duration: {@code 250ms}, {@code 5s}, {@code 2m}, {@code 1h}; bare is ms. */
  public Optional<Duration> duration(String key) throws LineException {
    String text = options.remove(key);
    if (text == null) {
      return Optional.empty();
    }
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits > 0 && digits <= 12) {
      long amount = Long.parseLong(text.substring(0, digits));
      Optional<Duration> duration =
          switch (text.substring(digits).toLowerCase(Locale.ROOT)) {
            case "", "ms" -> Optional.of(Duration.ofMillis(amount));
            case "s" -> Optional.of(Duration.ofSeconds(amount));
            case "m" -> Optional.of(Duration.ofMinutes(amount));
            case "h" -> Optional.of(Duration.ofHours(amount));
            default -> Optional.empty();
          };
      if (duration.isPresent() && !duration.get().isZero()) {
        return duration;
      }
    }
    throw new LineException(key + "=" + text + ": must be a time such as 250ms, 5s, 2m or 1h");
  }

  /** Takes one of an enum's names, whatever its case; {@code -} stands for {@code _}. */
  public <T extends Enum<T>> Optional<T> choice(String key, Class<T> choices) throws LineException {
    String text = options.remove(key);
    if (text == null) {
      return Optional.empty();
    }
    for (T choice : choices.getEnumConstants()) {
      if (choice.name().equalsIgnoreCase(text.replace('-', '_'))) {
        return Optional.of(choice);
      }
    }
    StringBuilder names = new StringBuilder();
    for (T choice : choices.getEnumConstants()) {
      names.append(names.isEmpty() ? "" : ", ").append(choice.name().toLowerCase(Locale.ROOT));
    }
    throw new LineException(key + "=" + text + ": must be one of " + names);
  }

  /** The keys that were not taken, in the order written. */
  public Collection<String> remaining() {
    return options.keySet();
  }
}
