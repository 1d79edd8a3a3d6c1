// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.line.LineException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * A configuration key: its name, default, valid values, documentation, and the type it is read as.
 * {@link Keys} defines it in a {@link ConfigDef}, {@link Configuration#get} reads it. Immutable:
 * every method that changes something returns a changed copy.
 *
 * @param <T> the type that values are read as
 */
public final class Key<T> {
  /** Converts a value from one type to another. */
  @FunctionalInterface
  public interface Parser<A, B> {
    /**
     * @throws LineException saying what is wrong and what to write
     */
    B parse(A value) throws LineException;
  }

  private final String name;
  private final ConfigDef.Type type;

  /** Converts what {@link ConfigDef} made of a value, which is null if there is none. */
  private final Parser<Object, T> parser;

  // Set only before a new key is handed out.
  private Object defaultValue;
  private String allowed; // null: any value of the type
  private Importance importance = Importance.MEDIUM;
  private Width width = Width.MEDIUM;
  private String group = "Common";
  private String displayName;
  private String doc = "";
  private boolean confidential;
  private List<Object> recommended = List.of();
  private Predicate<Map<String, Object>> visible = values -> true;
  private List<String> dependencies = List.of();

  private Key(String name, ConfigDef.Type type, Object defaultValue, Parser<Object, T> parser) {
    this.name = name;
    this.type = type;
    this.parser = parser;
    this.defaultValue = defaultValue;
    this.displayName = name;
    this.confidential = type == ConfigDef.Type.PASSWORD;
  }

  /** A copy that reads values differently. */
  private Key(Key<?> key, Parser<Object, T> parser) {
    this(key.name, key.type, key.defaultValue, parser);
    this.allowed = key.allowed;
    this.importance = key.importance;
    this.width = key.width;
    this.group = key.group;
    this.displayName = key.displayName;
    this.doc = key.doc;
    this.confidential = key.confidential;
    this.recommended = key.recommended;
    this.visible = key.visible;
    this.dependencies = key.dependencies;
  }

  /** A text; empty if there is none. Kafka removes the blanks around it. */
  public static Key<String> string(String name, String defaultValue) {
    return new Key<>(
        name, ConfigDef.Type.STRING, defaultValue, value -> value == null ? "" : value.toString());
  }

  /**
   * A text that is not empty.
   *
   * @param allowed the valid values as documentation and messages say them
   */
  public static <T> Key<T> text(
      String name, String defaultValue, String allowed, Parser<String, T> parser) {
    return string(name, defaultValue)
        .parsedBy(
            allowed,
            text -> {
              if (text.isEmpty()) {
                throw new LineException("must not be empty: " + allowed);
              }
              return parser.parse(text);
            });
  }

  /** A text; none if it is empty. */
  public static Key<Optional<String>> optional(String name, String defaultValue) {
    return string(name, defaultValue).as(text -> Optional.of(text).filter(set -> !set.isEmpty()));
  }

  /** A text; none if it is empty. */
  public static <T> Key<Optional<T>> optional(
      String name, String defaultValue, String allowed, Parser<String, T> parser) {
    return optional(name, defaultValue)
        .parsedBy(
            allowed,
            text -> text.isPresent() ? Optional.of(parser.parse(text.get())) : Optional.empty());
  }

  /** The path of a file or folder; none if it is empty. Whether it exists is not checked. */
  public static Key<Optional<Path>> path(String name, String defaultValue, String allowed) {
    return optional(
        name,
        defaultValue,
        allowed,
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new LineException("is not a path: " + e.getReason());
          }
        });
  }

  /** A secret; none if it is not set. */
  public static Key<Optional<Password>> password(String name) {
    return new Key<>(
        name, ConfigDef.Type.PASSWORD, null, value -> Optional.ofNullable((Password) value));
  }

  public static Key<Boolean> flag(String name, boolean defaultValue) {
    return new Key<>(name, ConfigDef.Type.BOOLEAN, defaultValue, value -> (Boolean) value)
        .width(Width.SHORT);
  }

  /** A whole number within bounds, both inclusive. */
  public static Key<Integer> integer(String name, int defaultValue, int min, int max) {
    return new Key<>(name, ConfigDef.Type.INT, defaultValue, value -> (Integer) value)
        .parsedBy(min + " to " + max, value -> within(value, min, max))
        .width(Width.SHORT);
  }

  /** A whole number of 64 bits within bounds, both inclusive. */
  public static Key<Long> number(String name, long defaultValue, long min, long max) {
    return new Key<>(name, ConfigDef.Type.LONG, defaultValue, value -> (Long) value)
        .parsedBy(min + " to " + max, value -> within(value, min, max))
        .width(Width.SHORT);
  }

  private static <N extends Number> N within(N value, long min, long max) throws LineException {
    if (value.longValue() < min || value.longValue() > max) {
      throw new LineException("must be from " + min + " to " + max);
    }
    return value;
  }

  /** A duration in milliseconds within bounds, both inclusive. */
  public static Key<Duration> millis(String name, long defaultValue, long min, Duration max) {
    return number(name, defaultValue, min, max.toMillis()).as(Duration::ofMillis);
  }

  /** A duration in milliseconds, up to {@code max}; none if it is 0. */
  public static Key<Optional<Duration>> optionalMillis(
      String name, long defaultValue, Duration max) {
    return millis(name, defaultValue, 0, max)
        .as(duration -> Optional.of(duration).filter(set -> !set.isZero()));
  }

  /** One of an enum's values, written in lower case with {@code -} for {@code _}. */
  public static <E extends Enum<E>> Key<E> choice(String name, Class<E> values, E defaultValue) {
    Choice<E> choice = new Choice<>(values);
    return string(name, Choice.text(defaultValue))
        .parsedBy("one of " + String.join(", ", choice.names()), choice::parse)
        .recommending(choice.names().toArray())
        .width(Width.SHORT);
  }

  /** Texts separated by commas, in Kafka's type for lists. */
  public static Key<List<String>> list(String name, String defaultValue) {
    return new Key<>(
        name,
        ConfigDef.Type.LIST,
        defaultValue,
        value ->
            value instanceof List<?> texts
                ? texts.stream().map(Object::toString).toList()
                : List.of());
  }

  /** Values separated by commas, in Kafka's type for texts. Empty entries do not count. */
  public static <T> Key<List<T>> commaSeparated(
      String name, String defaultValue, String allowed, Parser<String, T> parser) {
    return string(name, defaultValue)
        .parsedBy(
            allowed,
            text -> {
              List<T> values = new ArrayList<>();
              for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                  values.add(parser.parse(part.trim()));
                }
              }
              return List.copyOf(values);
            });
  }

  /** Reads values as another type; does not fail. */
  public <R> Key<R> as(Function<? super T, R> conversion) {
    return new Key<>(this, value -> conversion.apply(parser.parse(value)));
  }

  /**
   * Reads values as another type, and refuses values that the parser refuses.
   *
   * @param allowed the valid values as the documentation says them
   */
  public <R> Key<R> parsedBy(String allowed, Parser<? super T, R> next) {
    Key<R> key = new Key<>(this, value -> next.parse(parser.parse(value)));
    key.allowed = allowed;
    return key;
  }

  /** There is no default: the key must be set. */
  public Key<T> required() {
    return defaultsTo(ConfigDef.NO_DEFAULT_VALUE);
  }

  /** The value when the key is absent, in the form that a configuration has. */
  public Key<T> defaultsTo(Object value) {
    return change(key -> key.defaultValue = value);
  }

  /** The default is {@link Importance#MEDIUM}. */
  public Key<T> importance(Importance value) {
    return change(key -> key.importance = value);
  }

  /** The default is short for numbers, flags and choices, long for paths, else medium. */
  public Key<T> width(Width value) {
    return change(key -> key.width = value);
  }

  /** The name in user interfaces. */
  public Key<T> display(String value) {
    return change(key -> key.displayName = value);
  }

  /** What the key does, with the unit of its value. */
  public Key<T> doc(String value) {
    return change(key -> key.doc = value);
  }

  /** Values to offer; others may be valid too. */
  public Key<T> recommending(Object... values) {
    return change(key -> key.recommended = List.of(values));
  }

  /** Error messages do not repeat the value, as it may hold a secret. */
  public Key<T> confidential() {
    return change(key -> key.confidential = true);
  }

  /** Shows the key only where another key has a certain value. */
  public <V> Key<T> visibleWhen(Key<V> other, V value) {
    return visible(other, values -> value.equals(other.readOrNull(values.get(other.name))));
  }

  /** Hides the key where another key has a certain value. */
  public <V> Key<T> visibleUnless(Key<V> other, V value) {
    return visible(other, values -> !value.equals(other.readOrNull(values.get(other.name))));
  }

  private Key<T> visible(Key<?> other, Predicate<Map<String, Object>> condition) {
    Key<T> key = dependsOn(other);
    key.visible = visible.and(condition);
    return key;
  }

  /** Names a key whose value matters for this one: that key lists this one as a dependent. */
  public Key<T> dependsOn(Key<?> other) {
    return change(
        key ->
            key.dependencies =
                Stream.concat(dependencies.stream(), Stream.of(other.name)).toList());
  }

  String group() {
    return group;
  }

  Key<T> group(String value) {
    return change(key -> key.group = value);
  }

  private Key<T> change(Consumer<Key<T>> change) {
    Key<T> key = new Key<>(this, parser);
    change.accept(key);
    return key;
  }

  /** The name in configurations. */
  public String name() {
    return name;
  }

  /** The keys whose values matter for this one. */
  List<String> dependencies() {
    return dependencies;
  }

  /**
   * The type that {@link ConfigDef} made of a value, as this key means it.
   *
   * @throws ConfigException when the value is not valid
   */
  T read(Object value) {
    try {
      return readUnchecked(value);
    } catch (LineException e) {
      throw error(value, e.getMessage());
    }
  }

  /**
   * Reads a text as if it was the value of this key, e.g. an option of a line that overrides it.
   * Only for keys that are texts in a configuration.
   *
   * @throws LineException when the value is not valid
   */
  public T parse(String text) throws LineException {
    return parser.parse(text.trim());
  }

  private T readOrNull(Object value) {
    try {
      return readUnchecked(value);
    } catch (LineException e) {
      return null;
    }
  }

  /** Reads a value; null if Kafka could not parse it, which it reports itself. */
  private T readUnchecked(Object value) throws LineException {
    return switch (type) {
      case INT, LONG, BOOLEAN -> value == null ? null : parser.parse(value);
      default -> parser.parse(value);
    };
  }

  /** What {@link ConfigDef} makes of the default. */
  Object parsedDefault() {
    return ConfigDef.parseType(name, defaultValue, type);
  }

  /** An exception that blames a value of this key. */
  public ConfigException error(Object value, String message) {
    return new ConfigException(
        name, confidential && value != null ? Password.HIDDEN : value, message);
  }

  /** Defines the key with its place in its group and the keys that depend on it. */
  void addTo(ConfigDef definition, int orderInGroup, List<String> dependents) {
    definition.define(
        name,
        type,
        defaultValue,
        allowed == null
            ? null
            : ConfigDef.LambdaValidator.with((unused, value) -> read(value), () -> allowed),
        importance,
        doc,
        group,
        orderInGroup,
        width,
        displayName,
        dependents,
        recommended.isEmpty() && dependencies.isEmpty()
            ? null
            : new KeyRecommender(recommended, visible));
  }

  /** The name, so that messages can mention a key. */
  @Override
  public String toString() {
    return name;
  }
}
