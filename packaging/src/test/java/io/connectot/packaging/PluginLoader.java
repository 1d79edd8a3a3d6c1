// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.packaging;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Connector;
import org.slf4j.Logger;

/**
 * Loads an archive as a worker does: its jars have access to each other, the Connect API with
 * jakarta.ws.rs, slf4j, and to nothing else on the class path of this test. A class that is missing
 * in the archive is missing here too.
 */
final class PluginLoader implements AutoCloseable {
  private final URLClassLoader worker;
  private final URLClassLoader plugin;

  /** Classes in the jars with Kafka's JSON converter, which every worker has. */
  private static final List<String> KAFKAS_CONVERTERS =
      List.of(
          "org.apache.kafka.connect.json.JsonConverter",
          "com.fasterxml.jackson.annotation.JsonProperty",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.module.blackbird.BlackbirdModule");

  /** In the API of REST extensions, which every worker has. */
  private static final String REST_API = "jakarta.ws.rs.core.Application";

  PluginLoader(List<Path> jars) throws IOException, ClassNotFoundException {
    this(jars, api());
  }

  private static List<Class<?>> api() throws ClassNotFoundException {
    return List.of(Connector.class, ConfigDef.class, Logger.class, Class.forName(REST_API));
  }

  /** Creates a loader for converters, which build on Kafka's converters. */
  static PluginLoader withKafkasConverters(List<Path> jars)
      throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>(api());
    for (String name : KAFKAS_CONVERTERS) {
      types.add(Class.forName(name));
    }
    return new PluginLoader(jars, types);
  }

  private PluginLoader(List<Path> jars, List<Class<?>> types) throws IOException {
    List<URL> api = new ArrayList<>();
    for (Class<?> type : types) {
      api.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    List<URL> lib = new ArrayList<>();
    for (Path jar : jars) {
      lib.add(jar.toUri().toURL());
    }
    worker = new URLClassLoader(api.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    plugin = new URLClassLoader(lib.toArray(URL[]::new), worker);
  }

  ClassLoader classes() {
    return plugin;
  }

  Class<?> load(String name) {
    try {
      return Class.forName(name, false, plugin);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("not in the archive: " + name, e);
    }
  }

  @Override
  public void close() throws IOException {
    plugin.close();
    worker.close();
  }
}
