// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * A plant server as a process of its own. Options: {@code --port=<n>} (0 for a free one), {@code
 * --host=<name>}, {@code --counters=<n>}, {@code --history=<true|false>}, {@code
 * --namespaces-before=<uri,…>}, {@code --period-ms=<n>} and {@code --changes=<n>} to have so many
 * counters count every period. Prints {@code ready <url>} when it can be connected to, and ends
 * when its standard input does.
 */
public final class PlantServerMain {
  private PlantServerMain() {}

  public static void main(String[] arguments) throws IOException {
    PlantOptions options = PlantOptions.DEFAULT;
    long periodMs = 1_000;
    int changes = 0;
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException(argument + ": must be --name=value");
      }
      String value = parts[1];
      switch (parts[0]) {
        case "--port" -> options = options.withPort(Integer.parseInt(value));
        case "--host" -> options = options.withHost(value);
        case "--counters" -> options = options.withCounters(Integer.parseInt(value));
        case "--history" -> options = options.withHistory(Boolean.parseBoolean(value));
        case "--namespaces-before" ->
            options =
                options.withNamespacesBefore(
                    Arrays.stream(value.split(",", -1)).toArray(String[]::new));
        case "--period-ms" -> periodMs = Long.parseLong(value);
        case "--changes" -> changes = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    try (PlantServer plant = PlantServer.start(options)) {
      if (changes > 0) {
        plant.counters().run(Duration.ofMillis(periodMs), changes);
      }
      System.out.println("ready " + plant.url());
      while (System.in.read() >= 0) {
        // Whoever started this closes the stream, or dies, to end it.
      }
    }
  }
}
