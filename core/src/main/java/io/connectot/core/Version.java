// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that connectors and tasks report to the worker. */
public final class Version {
  private static final String VERSION = read();

  private Version() {}

  /** Returns the version that Maven built this from, e.g. {@code 0.1.0}. */
  public static String version() {
    return VERSION;
  }

  /*
   * Not the manifest's Implementation-Version: it is missing when a test runs from class files. And
   * not the thread's context loader: on a worker that may belong to another plugin.
   */
  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "version.properties is missing from the jar of " + Version.class);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
