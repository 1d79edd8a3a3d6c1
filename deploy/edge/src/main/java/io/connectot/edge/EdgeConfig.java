// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The configuration file of an edge box, {@code edge.properties}.
 *
 * <p>Secrets stay in this file: the properties of the worker's connectors refer to it.
 */
final class EdgeConfig {
  /** Prefix of the keys of Kafka clients of the central cluster. */
  static final String CENTRAL = "central.";

  /** Topics that are neither deleted nor replicated, because Kafka and the workers keep state. */
  static final String INTERNAL_TOPICS = "__.*|ot-edge-.*";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "snappy", "lz4", "zstd");
  private static final List<String> PORTS =
      List.of("kafka.port", "kafka.controller.port", "rest.port", "uplink.rest.port");
  private static final long LEAST_HEAP = 64L * 1024 * 1024;
  private static final long LEAST_DISK = 20L * 1024 * 1024;

  private final Path file;
  private final TreeMap<String, String> values = new TreeMap<>();

  private EdgeConfig(Path file, Properties properties) {
    this.file = file;
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).trim()));
  }

  /**
   * Reads and checks a file.
   *
   * @throws EdgeConfigException with all errors, one per line
   */
  static EdgeConfig read(Path file) throws EdgeConfigException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new EdgeConfigException(
          "There is no file " + file + ". Copy conf/edge.properties there and edit it.");
    } catch (IOException | IllegalArgumentException e) {
      throw new EdgeConfigException("Cannot read " + file + ": " + e.getMessage());
    }
    EdgeConfig config = new EdgeConfig(file.toAbsolutePath().normalize(), properties);
    List<String> errors = config.errors();
    if (!errors.isEmpty()) {
      throw new EdgeConfigException(String.join(System.lineSeparator(), errors));
    }
    return config;
  }

  private List<String> errors() {
    List<String> errors = new ArrayList<>();
    for (String key : values.keySet()) {
      if (!EdgeKeys.isKnown(key)) {
        errors.add(key + ": there is no such key. docs/edge.md lists the keys.");
      }
    }
    if (!NAME.matcher(name()).matches()) {
      errors.add(
          "edge.name: '"
              + name()
              + "' is not a name. Set a name that no other box has, of the letters a to z, digits"
              + " and '-'.");
    }
    if (text("data.dir").isEmpty()) {
      errors.add(
          "data.dir: no value. Set the directory for the data, for example /var/lib/ot-edge.");
    }
    for (String key : PORTS) {
      checkNumber(key, 1, 65_535, errors);
    }
    checkNumber("uplink.tasks.max", 1, 64, errors);
    for (String key : List.of("memory.kafka", "memory.worker", "memory.uplink", "disk.limit")) {
      checkSize(key, errors);
    }
    for (String key : List.of("uplink.topics", "downlink.topics")) {
      checkTopics(key, errors);
    }
    checkOneOf("uplink.topic.names", Set.of("same", "prefixed"), errors);
    checkOneOf("compression", COMPRESSIONS, errors);
    for (String key : List.of("uplink.exactly.once", "console", "console.allow.changes")) {
      checkOneOf(key, Set.of("true", "false"), errors);
    }
    checkPorts(errors);
    checkCentral(errors);
    checkPermissions(errors);
    return errors;
  }

  private void checkNumber(String key, int least, int most, List<String> errors) {
    try {
      int number = Integer.parseInt(text(key));
      if (number >= least && number <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    errors.add(key + ": '" + text(key) + "' is not a number from " + least + " to " + most + ".");
  }

  private void checkSize(String key, List<String> errors) {
    try {
      boolean disk = key.equals("disk.limit");
      if (ByteSize.parse(text(key)) < (disk ? LEAST_DISK : LEAST_HEAP)) {
        errors.add(
            key + ": '" + text(key) + "' is too small. Set at least " + (disk ? "20m." : "64m."));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      errors.add(key + ": '" + text(key) + "' is not a size. Write for example 512m or 8g.");
    }
  }

  private void checkTopics(String key, List<String> errors) {
    try {
      Pattern.compile(text(key));
    } catch (PatternSyntaxException e) {
      errors.add(
          key + ": not a list of topics or regular expressions: " + e.getDescription() + ".");
    }
  }

  private void checkPorts(List<String> errors) {
    Map<String, String> keys = new TreeMap<>();
    for (String key : PORTS) {
      String other = keys.putIfAbsent(text(key), key);
      if (other != null) {
        errors.add(key + ": '" + text(key) + "' is the port of " + other + " too. Set another.");
      }
    }
  }

  /** Errors in the keys of the central cluster, which Kafka would log or ignore. */
  private void checkCentral(List<String> errors) {
    // A class of its own may have keys of its own.
    boolean ownClasses = values.keySet().stream().anyMatch(key -> key.endsWith(".class"));
    for (String key : central().keySet()) {
      if (!ownClasses && !AdminClientConfig.configNames().contains(key)) {
        errors.add(CENTRAL + key + ": Kafka's clients have no key " + key + ". Correct its name.");
      }
    }
    if (!hasCentral()
        && !central().isEmpty()
        && !central().keySet().equals(Set.of("bootstrap.servers"))) {
      errors.add(
          "central.bootstrap.servers: no value, although other keys of central.* have one. Set the"
              + " addresses of the central cluster, or remove them.");
    }
  }

  private void checkOneOf(String key, Set<String> allowed, List<String> errors) {
    if (!allowed.contains(text(key))) {
      errors.add(
          key
              + ": '"
              + text(key)
              + "' is not one of "
              + String.join(", ", new TreeSet<>(allowed))
              + ".");
    }
  }

  private void checkPermissions(List<String> errors) {
    boolean secret =
        values.keySet().stream().anyMatch(key -> key.startsWith(CENTRAL) && EdgeKeys.isSecret(key));
    if (!secret) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        errors.add(file + " contains a secret, and others can read it. Run: chmod 600 " + file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Not a POSIX file system.
    }
  }

  private String text(String key) {
    return values.getOrDefault(key, EdgeKeys.defaultOf(key));
  }

  /** The file itself, to which connectors refer for secrets. */
  Path file() {
    return file;
  }

  /** The name of the box, which no other box of the central cluster has. */
  String name() {
    return text("edge.name");
  }

  /** The directory of all data. */
  Path dataDirectory() {
    return file.resolveSibling(text("data.dir")).normalize();
  }

  /** A number. */
  int number(String key) {
    return Integer.parseInt(text(key));
  }

  /** A switch. */
  boolean is(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** A text. */
  String get(String key) {
    return text(key);
  }

  /** The largest size of the data of Kafka, in bytes. */
  long diskLimit() {
    return ByteSize.parse(text("disk.limit"));
  }

  /** Whether there is a central cluster. */
  boolean hasCentral() {
    return !text(CENTRAL + "bootstrap.servers").isEmpty();
  }

  /** The properties of clients of the central cluster, without the prefix. */
  Map<String, String> central() {
    return withPrefix(CENTRAL);
  }

  /** All values whose keys have a prefix, without it. */
  Map<String, String> withPrefix(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** Topics and regular expressions that go up. */
  List<String> uplinkTopics() {
    return list("uplink.topics");
  }

  /** Topics and regular expressions that come down. */
  List<String> downlinkTopics() {
    return list("downlink.topics");
  }

  /**
   * Whether a topic is replicated to the central cluster. What comes from there does not go back.
   */
  boolean goesUp(String topic) {
    return matches(uplinkTopics(), topic)
        && !matches(downlinkTopics(), topic)
        && !Pattern.matches(INTERNAL_TOPICS, topic);
  }

  private static boolean matches(List<String> topics, String topic) {
    return topics.stream().anyMatch(each -> each.equals(topic) || Pattern.matches(each, topic));
  }

  private List<String> list(String key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** The address of the box's own Kafka. */
  String bootstrapServers() {
    return "127.0.0.1:" + number("kafka.port");
  }

  /** The address of the REST API of the uplink's worker. */
  String uplinkUrl() {
    return "http://127.0.0.1:" + number("uplink.rest.port");
  }
}
