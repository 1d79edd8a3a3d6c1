// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * External programs that tests need. Skips the test if a program is missing; with {@code
 * REQUIRE_TEST_PEERS} in the environment, as in the build of every change, the test fails instead.
 */
public final class Peers {
  private static final int LIMIT_SECONDS = 120;

  private Peers() {}

  /** socat, which creates pairs of serial lines. */
  public static void needSocat() {
    need("socat", "socat", "-V");
  }

  /** pymodbus, an independent Modbus implementation. */
  public static void needPymodbus() {
    need("pymodbus", "/usr/bin/python3", "-c", "import pymodbus.server");
  }

  /**
   * Mosquitto, an independent MQTT broker. Debian installs it in a directory of root's search path.
   */
  public static void needMosquitto() {
    need("mosquitto", "sh", "-c", "PATH=$PATH:/usr/sbin command -v mosquitto");
  }

  /** Chromium with its driver. */
  public static void needChromium() {
    need("chromium", "chromium", "--version");
    need("chromium-driver", "chromedriver", "--version");
  }

  /** Prometheus, with its tool that checks rules. */
  public static void needPromtool() {
    need("prometheus", "promtool", "--version");
    need("prometheus", "prometheus", "--version");
  }

  /** The checker of systemd's unit files; systemd itself need not run. */
  public static void needSystemdAnalyze() {
    need("systemd", "systemd-analyze", "--version");
  }

  /**
   * Docker Compose, of any version.
   *
   * @return the beginning of its command line
   */
  public static List<String> needCompose() {
    if (runs("docker", "compose", "version")) {
      return List.of("docker", "compose");
    }
    need("docker-compose", "docker-compose", "version");
    return List.of("docker-compose");
  }

  /** curl, which the commands of the README use. */
  public static void needCurl() {
    need("curl", "curl", "--version");
  }

  /**
   * Snap7, an independent S7 implementation, installed by {@code
   * plc4x-source/src/test/peers/s7-server}.
   */
  public static void needSnap7() {
    need("Snap7", "node", "-e", "require('" + nodeModules() + "/node-snap7')");
  }

  /**
   * node-opcua, an independent OPC UA implementation, installed by {@code
   * opcua-source/src/test/peers/node-opcua}.
   *
   * @param version {@code current} or {@code older}
   * @return the directory of its Node.js packages
   */
  public static Path needNodeOpcua(String version) {
    Path modules = cache().resolve("node-opcua").resolve(version).resolve("node_modules");
    need("node-opcua", "node", "-e", "require('" + modules + "/node-opcua-server')");
    return modules;
  }

  /**
   * npm's sparkplug-client, an independent Sparkplug edge node, installed by {@code
   * sparkplug-common/src/test/peers/sparkplug-client}.
   *
   * @return the directory of its Node.js packages
   */
  public static Path needSparkplugClient() {
    Path modules = cache().resolve("sparkplug-client").resolve("node_modules");
    need("sparkplug-client", "node", "-e", "require('" + modules + "/sparkplug-client')");
    return modules;
  }

  /**
   * A JDK 25 at the path in {@code JDK25_HOME} in the environment or the system property {@code
   * jdk25.home}.
   *
   * @return its home
   */
  public static Path needJdk25() {
    String home = System.getProperty("jdk25.home", System.getenv("JDK25_HOME"));
    Path java = Path.of(home == null ? "JDK25_HOME" : home, "bin", "java");
    need("a JDK 25 that JDK25_HOME names", java.toString(), "--version");
    return Path.of(home);
  }

  /**
   * PostgreSQL's server, of any version that Debian installs.
   *
   * @return the folder of its programs
   */
  public static Path needPostgres() {
    need("postgresql", "sh", "-c", "ls /usr/lib/postgresql/*/bin/initdb");
    try (DirectoryStream<Path> versions =
        Files.newDirectoryStream(Path.of("/usr/lib/postgresql"), "[0-9]*")) {
      Path newest = null;
      for (Path version : versions) {
        if (newest == null || number(version) > number(newest)) {
          newest = version;
        }
      }
      return newest.resolve("bin");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(version.getFileName().toString());
  }

  /** The permission to mount a tmpfs, which needs root. */
  public static void needTmpfs() {
    need(
        "root, who may mount a tmpfs",
        "sh",
        "-c",
        "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d && rmdir $d");
  }

  /**
   * libfaketime, which gives a process an adjustable clock.
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

  /** The directory of the Node.js packages of tests. */
  public static Path nodeModules() {
    return cache().resolve("s7-server/node_modules");
  }

  private static Path cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("kafka-connect-ot");
  }

  /**
   * @param what the missing program, for the message
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
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        // It is there: to skip the test would hide that the machine is too slow for it.
        throw new IllegalStateException(
            "no end of " + String.join(" ", command) + " within " + LIMIT_SECONDS + " s");
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
