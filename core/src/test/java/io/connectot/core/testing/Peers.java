// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    need("socat", "socat", "-V");
  }

  /** A Modbus implementation that is not ours. */
  public static void needPymodbus() {
    need("pymodbus", "/usr/bin/python3", "-c", "import pymodbus.server");
  }

  /** An MQTT broker that is not ours. Debian keeps it where only root's search path leads. */
  public static void needMosquitto() {
    need("mosquitto", "sh", "-c", "PATH=$PATH:/usr/sbin command -v mosquitto");
  }

  /** What the README talks to a worker with. */
  public static void needCurl() {
    need("curl", "curl", "--version");
  }

  /**
   * An implementation of S7 that is not ours. {@code plc4x-source/src/test/peers/s7-server}
   * installs it.
   */
  public static void needSnap7() {
    need("Snap7", "node", "-e", "require('" + nodeModules() + "/node-snap7')");
  }

  /**
   * A JDK 25, which {@code JDK25_HOME} in the environment or the system property {@code jdk25.home}
   * names.
   *
   * @return its home
   */
  public static Path needJdk25() {
    String home = System.getProperty("jdk25.home", System.getenv("JDK25_HOME"));
    Path java = Path.of(home == null ? "JDK25_HOME" : home, "bin", "java");
    need("a JDK 25 that JDK25_HOME names", java.toString(), "--version");
    return Path.of(home);
  }

  /** A file system of its own size, which only root may mount. */
  public static void needTmpfs() {
    need(
        "root, who may mount a tmpfs",
        "sh",
        "-c",
        "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d && rmdir $d");
  }

  /**
   * A library that gives a process a clock of its own.
   *
   * @return its path, for {@code LD_PRELOAD}
   */
  public static Path needFaketime() {
    String name = "faketime/libfaketimeMT.so.1";
    need(
        "libfaketime",
        "sh",
        "-c",
        "ls /usr/lib/*/" + name + " /usr/lib/" + name + " 2>/dev/null | grep .");
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"))) {
      for (Path folder : folders) {
        if (Files.exists(folder.resolve(name))) {
          return folder.resolve(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Path.of("/usr/lib").resolve(name);
  }

  /** Where packages for Node.js are that tests need. */
  public static Path nodeModules() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("kafka-connect-ot/s7-server/node_modules");
  }

  /**
   * @param what what is missing when the command does not run
   */
  private static void need(String what, String... command) {
    if (!runs(command)) {
      String missing = "needs " + what + ", which is not here";
      Assumptions.assumeTrue(System.getenv("REQUIRE_TEST_PEERS") != null, missing);
      throw new IllegalStateException(missing);
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
