// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.ConfigError;
import io.connectot.core.spi.line.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds unknown keys. A key that is similar to one of the connector or of Connect is an error,
 * because the connector would run with a default that its owner believes to have changed. Others
 * are logged, because converters, transformations and tools have keys of their own.
 */
public final class UnknownKeys {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownKeys.class);

  /** Of a word of so many letters at most, two wrong ones leave too little. */
  private static final int SHORT = 4;

  private static final Set<String> UNITS = Set.of("ms", "bytes");

  /** Maximum number of keys that a message lists. */
  private static final int MAX_LISTED = 10;

  /** Keys of the worker that every connector may have. */
  private static final Set<String> CONNECT_KEYS =
      Set.of(
          "name",
          "connector.class",
          "config.action.reload",
          "exactly.once.support",
          "offsets.storage.topic",
          "transforms",
          "predicates");

  /** Keys of the worker that are long enough to detect a typing error. */
  private static final Set<String> DISTINCT_CONNECT_KEYS =
      Set.of(
          "connector.class",
          "tasks.max",
          "transforms",
          "predicates",
          "key.converter",
          "value.converter",
          "header.converter",
          "errors.tolerance");

  /** Prefixes of further keys of the worker. */
  private static final List<String> CONNECT_PREFIXES =
      List.of(
          "connector.plugin.",
          "tasks.max",
          "key.converter",
          "value.converter",
          "header.converter",
          "transforms.",
          "predicates.",
          "errors.",
          "topic.creation.",
          "transaction.boundary",
          "producer.override.",
          "consumer.override.",
          "admin.override.",
          "config.providers");

  /** Keys of Connect that only sinks have. */
  private static final List<String> SINK_KEYS = List.of("topics", "topics.regex");

  private final Set<String> known;
  private final List<String> ownPrefixes;
  private final List<String> linePrefixes;

  /**
   * @param known the keys of the connector's definition; where one is {@code buffer.max.records},
   *     any other that begins with {@code buffer.} is an error
   * @param ownPrefixes further prefixes that only keys of the definition may have, e.g. {@code
   *     modbus.}
   * @param linePrefixes prefixes of lines, e.g. {@code tags.}
   */
  public UnknownKeys(
      Collection<String> known, Collection<String> ownPrefixes, Collection<String> linePrefixes) {
    this.known = new TreeSet<>(known);
    Set<String> families = new TreeSet<>(ownPrefixes);
    for (String key : known) {
      if (key.indexOf('.') > 0) {
        families.add(key.substring(0, key.indexOf('.') + 1));
      }
    }
    this.ownPrefixes = List.copyOf(families);
    this.linePrefixes = List.copyOf(linePrefixes);
  }

  /** As the constructor, for a sink, which has Connect's keys of sinks besides. */
  public static UnknownKeys ofSink(
      Collection<String> known, Collection<String> ownPrefixes, Collection<String> linePrefixes) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(SINK_KEYS);
    return new UnknownKeys(all, ownPrefixes, linePrefixes);
  }

  /** The errors of the unknown keys; logs keys that may be valid. */
  public List<ConfigError> check(Map<String, String> props) {
    List<ConfigError> errors = new ArrayList<>();
    for (String key : new TreeSet<>(props.keySet())) {
      if (!known.contains(key) && !isConnects(key) && !startsWithAny(key, linePrefixes)) {
        Optional<ConfigError> error = error(key);
        if (error.isPresent()) {
          errors.add(error.get());
        } else {
          LOG.warn("Unknown key '{}' is ignored", key);
        }
      }
    }
    return errors;
  }

  private Optional<ConfigError> error(String key) {
    Optional<String> near =
        nearLine(key)
            .or(() -> similar(key))
            .or(() -> Suggestion.of(key, DISTINCT_CONNECT_KEYS).word());
    if (near.isPresent()) {
      return Optional.of(new ConfigError(key, "unknown key, did you mean " + near.get() + "?"));
    }
    if (startsWithAny(key, ownPrefixes)) {
      return Optional.of(new ConfigError(key, "unknown key" + siblings(key)));
    }
    return Optional.empty();
  }

  /**
   * The key that was probably meant: one with few other letters, in the part that follows the
   * levels that both have, or one with a level more or less.
   */
  private Optional<String> similar(String key) {
    for (int shared = levels(key).size() - 1; shared >= 0; shared--) {
      String prefix = prefix(key, shared);
      List<String> rest =
          known.stream()
              .filter(name -> name.startsWith(prefix))
              .map(name -> name.substring(prefix.length()))
              .toList();
      String last = key.substring(prefix.length());
      Optional<String> near = near(last, rest).map(word -> prefix + word);
      if (near.isPresent() || !rest.isEmpty()) {
        return near.or(() -> withOtherLevels(key)).or(() -> withUnit(key));
      }
    }
    return Optional.empty();
  }

  /** The one key that has all levels of this one and more, or the first and last of this one. */
  private Optional<String> withOtherLevels(String key) {
    List<String> levels = levels(key);
    if (levels.size() < 2) {
      return Optional.empty();
    }
    List<String> longer = known.stream().filter(name -> contains(levels(name), levels)).toList();
    if (longer.size() == 1) {
      return Optional.of(longer.get(0));
    }
    List<String> shorter =
        known.stream()
            .filter(name -> levels(name).size() > 1 && contains(levels, levels(name)))
            .toList();
    return shorter.size() == 1 ? Optional.of(shorter.get(0)) : Optional.empty();
  }

  /** For {@code poll.intervall} suggests {@code poll.interval.ms}. */
  private Optional<String> withUnit(String key) {
    String prefix = prefix(key, levels(key).size() - 1);
    List<String> rest =
        known.stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .toList();
    String last = key.substring(prefix.length());
    return rest.stream()
        .filter(name -> levels(name).size() == 2 && UNITS.contains(levels(name).get(1)))
        .filter(name -> near(last, List.of(levels(name).get(0))).isPresent())
        .findFirst()
        .map(name -> prefix + name);
  }

  private static Optional<String> near(String word, List<String> candidates) {
    return Suggestion.of(word, candidates)
        .word()
        .filter(found -> word.length() > SHORT || Suggestion.distance(word, found) <= 1);
  }

  /** Whether a list has all of another in its order, and begins alike. */
  private static boolean contains(List<String> longer, List<String> shorter) {
    if (!longer.get(0).equals(shorter.get(0))) {
      return false;
    }
    int found = 0;
    for (String level : longer) {
      if (found < shorter.size() && level.equals(shorter.get(found))) {
        found++;
      }
    }
    return found == shorter.size();
  }

  private static List<String> levels(String key) {
    return Arrays.asList(key.split("\\.", -1));
  }

  /** The first levels of a key, with the dot after them; empty for none. */
  private static String prefix(String key, int count) {
    int end = 0;
    for (int i = 0; i < count; i++) {
      end = key.indexOf('.', end) + 1;
    }
    return key.substring(0, end);
  }

  /** For {@code tag.temperature} suggests {@code tags.temperature}. */
  private Optional<String> nearLine(String key) {
    int dot = key.indexOf('.');
    if (dot <= 0 || dot == key.length() - 1) {
      return Optional.empty();
    }
    String head = key.substring(0, dot + 1);
    if (startsWithAny(head, ownPrefixes)) {
      return Optional.empty();
    }
    for (String prefix : linePrefixes) {
      if (Suggestion.distance(head, prefix) == 1) {
        return Optional.of(prefix + key.substring(dot + 1));
      }
    }
    return Optional.empty();
  }

  private String siblings(String key) {
    for (int shared = levels(key).size() - 1; shared > 0; shared--) {
      String prefix = prefix(key, shared);
      List<String> siblings = known.stream().filter(name -> name.startsWith(prefix)).toList();
      if (!siblings.isEmpty()) {
        int more = siblings.size() - MAX_LISTED;
        return "; valid keys are "
            + String.join(", ", more > 0 ? siblings.subList(0, MAX_LISTED) : siblings)
            + (more > 0 ? " and " + more + " more" : "");
      }
    }
    return "; this connector has no keys that begin with " + prefix(key, 1);
  }

  private static boolean isConnects(String key) {
    return CONNECT_KEYS.contains(key)
        || startsWithAny(key, CONNECT_PREFIXES)
        || key.endsWith("plugin.version");
  }

  private static boolean startsWithAny(String key, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
