// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that tests need beside Java. Where {@code REQUIRE_TEST_PEERS} is set, as the build on
 * every change does, a missing one fails the test; elsewhere the test is skipped.
 */
public final class Peers {
  private Peers() {}

  /** Makes pairs of serial lines. */
  public static void needSocat() {
    need("socat", "-V");
  }

  /** A Modbus implementation that is not ours. */
  public static void needPymodbus() {
    need("/usr/bin/python3", "-c", "import pymodbus");
  }

  /** An MQTT broker that is not ours. Debian keeps it where only root's search path leads. */
  public static void needMosquitto() {
    need("sh", "-c", "PATH=$PATH:/usr/sbin command -v mosquitto");
  }

  private static void need(String... command) {
    if (System.getenv("REQUIRE_TEST_PEERS") == null) {
      Assumptions.assumeTrue(runs(command), () -> String.join(" ", command) + " does not run here");
    } else if (!runs(command)) {
      throw new IllegalStateException(String.join(" ", command) + " does not run here");
    }
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
