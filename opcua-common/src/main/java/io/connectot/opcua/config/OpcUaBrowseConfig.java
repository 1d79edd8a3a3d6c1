// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Option;
import io.connectot.core.config.PollingConfig;
import io.connectot.core.config.ReportConfig;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.LineException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.PathGlob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The {@code opcua.browse.*} keys and {@code opcua.nodes.file}: nodes without a tag line. */
public final class OpcUaBrowseConfig {
  public static final String ROOTS = "opcua.browse.roots";
  public static final String INCLUDE = "opcua.browse.include";
  public static final String EXCLUDE = "opcua.browse.exclude";
  public static final String TYPES = "opcua.browse.types";
  public static final String MAX_DEPTH = "opcua.browse.max.depth";
  public static final String MAX_NODES = "opcua.browse.max.nodes";
  public static final String REFRESH_MS = "opcua.browse.refresh.ms";
  public static final String MODEL_CHANGE_EVENTS = "opcua.browse.model.change.events";
  public static final String NODES_FILE = "opcua.nodes.file";

  private static final String GROUP = "OPC UA nodes";
  private static final long MAX_REFRESH = Duration.ofDays(7).toMillis();
  private static final List<String> TYPE_NAMES =
      Arrays.stream(ValueType.values()).map(ValueType::configName).toList();

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaBrowseConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    list(ROOTS, "", "Browse roots", "node ids or browse paths", NodeAddress::parse)
        .importance(Importance.HIGH)
        .doc(
            "Where to look for variables, so that they need no tag lines: node ids or browse paths,"
                + " separated by commas, for example /Objects/Plant,nsu=urn:plant;s=Line1. Every"
                + " variable below becomes a tag named after the way to it: Press1.Temperature."
                + " The server's description of itself is left out unless a root is in it. Empty"
                + " for no browsing.")
        .addTo(definition);
    list(INCLUDE, "**", "Include", "patterns like Press*/Temp*", PathGlob::parse)
        .doc(
            "Which variables are taken: patterns for the names on the way from the root,"
                + " separated by commas. * is any part of a name, ? one character, ** any number"
                + " of levels; a pattern without a slash is for the variable's own name.")
        .addTo(definition);
    list(EXCLUDE, "", "Exclude", "patterns like **/Diagnostics", PathGlob::parse)
        .doc(
            "Which are not, in the same form. What is below an object that a pattern matches is"
                + " not looked at.")
        .addTo(definition);
    list(TYPES, "", "Types", String.join(", ", TYPE_NAMES), TagLines::type)
        .doc(
            "The types of values that are taken, separated by commas, for example"
                + " float32,float64,boolean. Arrays and structures are json. Empty for all.")
        .addTo(definition);
    option(MAX_DEPTH, ConfigDef.Type.INT, 20, "Depth")
        .validator(Checks.between(1, 100))
        .doc("How many levels below a root are looked at.")
        .addTo(definition);
    option(MAX_NODES, ConfigDef.Type.INT, 100_000, "Most nodes")
        .validator(Checks.between(1, 1_000_000))
        .doc(
            "How many variables browsing takes at most, of one device. What is beyond is left out"
                + " with a warning in the log.")
        .addTo(definition);
    option(REFRESH_MS, ConfigDef.Type.LONG, 3_600_000L, "Refresh (ms)")
        .validator(Checks.between(0, MAX_REFRESH))
        .doc(
            "How often the server is browsed again, in milliseconds, and descriptions of nodes are"
                + " read again. Nodes that came or went are added and removed while the others go"
                + " on. 0 for only once a session.")
        .addTo(definition);
    option(MODEL_CHANGE_EVENTS, ConfigDef.Type.BOOLEAN, true, "Model change events")
        .doc(
            "Whether the server is browsed again when it reports a change of its nodes (OPC UA"
                + " Part 3 §9.32). Servers that do not report any are not affected.")
        .addTo(definition);
    option(NODES_FILE, ConfigDef.Type.STRING, null, "Published nodes")
        .width(Width.LONG)
        .doc(
            "The path of a publishednodes.json as OPC Publisher reads it, on every worker. Its"
                + " entries become tags of the device whose URL they name.")
        .addTo(definition);
  }

  private static Option option(String key, ConfigDef.Type type, Object value, String name) {
    return Option.of(key, type)
        .defaultValue(value)
        .group(GROUP)
        .displayName(name)
        .width(Width.SHORT);
  }

  private static Option list(
      String key, String value, String name, String description, Checks.TextCheck check) {
    return option(key, ConfigDef.Type.STRING, value, name)
        .width(Width.LONG)
        .validator(
            Checks.optional(
                description + ", separated by commas",
                text -> {
                  for (String part : split(text)) {
                    check.check(part);
                  }
                }));
  }

  /** The settings. */
  public BrowseSettings settings() {
    Set<ValueType> types = EnumSet.noneOf(ValueType.class);
    types.addAll(values(TYPES, TagLines::type));
    return new BrowseSettings(
        values(ROOTS, NodeAddress::parse),
        values(INCLUDE, PathGlob::parse),
        values(EXCLUDE, PathGlob::parse),
        types,
        config.getInt(MAX_DEPTH),
        config.getInt(MAX_NODES),
        Duration.ofMillis(config.getLong(REFRESH_MS)),
        config.getBoolean(MODEL_CHANGE_EVENTS),
        ReportConfig.policy(new Configuration(config)),
        new Configuration(config).get(PollingConfig.POLL_INTERVAL));
  }

  /** The file of published nodes. */
  public Optional<String> nodesFile() {
    return Optional.ofNullable(config.getString(NODES_FILE))
        .map(String::trim)
        .filter(path -> !path.isEmpty());
  }

  /** Whether there are nodes without tag lines. */
  public boolean findsNodes() {
    return nodesFile().isPresent() || !split(config.getString(ROOTS)).isEmpty();
  }

  /** Reads one part of a list. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text) throws LineException;
  }

  private <T> List<T> values(String key, Parser<T> parser) {
    List<T> values = new ArrayList<>();
    for (String part : split(config.getString(key))) {
      try {
        values.add(parser.parse(part));
      } catch (LineException e) {
        throw new ConfigException(key, part, e.getMessage());
      }
    }
    return values;
  }

  private static List<String> split(String text) {
    return Arrays.stream((text == null ? "" : text).split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
