// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The command line: pairs of {@code --name value}. Immutable. */
public final class BenchmarkOptions {
  private final Map<String, String> values = new HashMap<>();

  /**
   * @throws IllegalArgumentException for a name without a value
   */
  public BenchmarkOptions(String... arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            arguments[i] + ": options are pairs such as --seconds 20");
      }
      values.put(arguments[i].substring(2), arguments[i + 1]);
    }
  }

  public int number(String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  public Duration seconds(String name, int otherwise) {
    return Duration.ofSeconds(number(name, otherwise));
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A required path. */
  public Path path(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return Path.of(value);
  }

  /** Words separated by commas; by default all of {@code otherwise}. */
  public List<String> words(String name, List<String> otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : List.of(value.split(","));
  }

  /** The contenders of {@code --only}, in its order; by default all. */
  public <C extends Enum<C>> List<C> contenders(Class<C> type) {
    String only = values.get("only");
    return only == null
        ? List.of(type.getEnumConstants())
        : Stream.of(only.split(","))
            .map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT)))
            .toList();
  }

  /**
   * Options of the measured JVM, the same for a bare loop and a worker. The garbage collector is
   * Java's default on the machine.
   */
  public List<String> jvmOptions(Path recording) {
    String heap = "-Xmx" + values.getOrDefault("heap", "512m");
    return values.containsKey("profile")
        ? List.of(
            heap,
            // Otherwise the recording writes to the standard output, where answers are expected.
            "-Xlog:jfr+startup=off",
            "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + recording)
        : List.of(heap);
  }
}
