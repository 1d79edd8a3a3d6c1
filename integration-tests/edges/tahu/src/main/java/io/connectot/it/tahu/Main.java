// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.tahu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs an edge node until it is told to stop or the process is killed.
 *
 * <p>Takes lines: {@code run MILLIS} counts every so many milliseconds, {@code pause} stops
 * counting, {@code stop} ends the edge node in order. Writes lines: {@code born}, {@code online},
 * {@code offline}, {@code paused NUMBER} with the last number, {@code stored NUMBER} with how many
 * scans were stored and forwarded, {@code command TOPIC NAME VALUE}.
 */
public final class Main {
  private Main() {}

  /**
   * Takes the broker's URL, the group, the edge node, the host id or "-" for none, and "setpoints"
   * for a metric of each type that commands change.
   */
  public static void main(String[] arguments) throws Exception {
    Setpoints setpoints = arguments.length > 4 ? new Setpoints() : null;
    EdgeNode node = new EdgeNode(arguments[0], arguments[1], arguments[2], arguments[3], setpoints);
    node.start();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      run(node, in);
    }
    System.exit(0);
  }

  private static void run(EdgeNode node, BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "run" -> node.run(Integer.parseInt(words[1]));
        case "pause" -> node.pause();
        case "stop" -> {
          node.stop();
          return;
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
  }
}
