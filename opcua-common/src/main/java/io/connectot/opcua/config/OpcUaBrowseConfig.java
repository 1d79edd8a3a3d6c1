// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.PathGlob;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code opcua.browse.*} keys and {@code opcua.nodes.file}: nodes without a tag line. */
public final class OpcUaBrowseConfig {
  public static final Key<List<NodeAddress>> ROOTS =
      list("opcua.browse.roots", "", "node ids or browse paths", NodeAddress::parse)
          .importance(Importance.HIGH)
          .display("Browse roots")
          .doc(
              "Nodes below which variables become tags without tag lines: node ids or browse paths,"
                  + " separated by commas, for example /Objects/Plant,nsu=urn:plant;s=Line1. Every"
                  + " variable below becomes a tag named after its path: Press1.Temperature. The"
                  + " server's description of itself is left out unless a root is in it. Empty for"
                  + " no browsing.");

  public static final Key<List<PathGlob>> INCLUDE =
      list("opcua.browse.include", "**", "patterns like Press*/Temp*", PathGlob::parse)
          .display("Include")
          .doc(
              "Which variables become tags: patterns for the path from the root, separated by"
                  + " commas. * matches any part of a name, ? one character, ** any number of"
                  + " levels; a pattern without a slash matches the variable's own name.");

  public static final Key<List<PathGlob>> EXCLUDE =
      list("opcua.browse.exclude", "", "patterns like **/Diagnostics", PathGlob::parse)
          .display("Exclude")
          .doc(
              "Which variables do not, in the same form. Nodes below an object that a pattern"
                  + " matches are not browsed.");

  public static final Key<Set<ValueType>> TYPES =
      list(
              "opcua.browse.types",
              "",
              Arrays.stream(ValueType.values())
                  .filter(type -> type != ValueType.UNKNOWN)
                  .map(ValueType::configName)
                  .collect(Collectors.joining(", ")),
              TagLineParser::type)
          .as(Set::copyOf)
          .display("Types")
          .doc(
              "Only variables of these types become tags, separated by commas, for example"
                  + " float32,float64,boolean. Arrays and structures are json. Empty for all.");

  public static final Key<Integer> MAX_DEPTH =
      Key.integer("opcua.browse.max.depth", 20, 1, 100)
          .display("Depth")
          .doc("Maximum levels below a root.");

  public static final Key<Integer> MAX_NODES =
      Key.integer("opcua.browse.max.nodes", 100_000, 1, 1_000_000)
          .display("Most nodes")
          .doc(
              "Maximum variables found by browsing, for each device. Further ones are left out with"
                  + " a warning in the log.");

  public static final Key<Duration> REFRESH =
      Key.millis("opcua.browse.refresh.ms", 3_600_000, 0, Duration.ofDays(7))
          .display("Refresh (ms)")
          .doc(
              "Interval, in milliseconds, at which the server is browsed again and descriptions of"
                  + " nodes are read again. Nodes are added and removed while the others go on. 0"
                  + " for once in a session.");

  public static final Key<Boolean> MODEL_CHANGE_EVENTS =
      Key.flag("opcua.browse.model.change.events", true)
          .display("Model change events")
          .doc(
              "Whether the server is browsed again when it reports a model change event (OPC UA"
                  + " Part 3 §9.32). No effect on servers without such events.");

  public static final Key<Optional<String>> NODES_FILE =
      Key.optional("opcua.nodes.file", null)
          .width(Width.LONG)
          .display("Published nodes")
          .doc(
              "The path, on every worker, of a publishednodes.json as OPC Publisher reads it. Its"
                  + " entries become tags of the device whose URL they name.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA nodes",
          ROOTS,
          INCLUDE,
          EXCLUDE,
          TYPES,
          MAX_DEPTH,
          MAX_NODES,
          REFRESH,
          MODEL_CHANGE_EVENTS,
          NODES_FILE);

  private OpcUaBrowseConfig() {}

  private static <T> Key<List<T>> list(
      String name, String value, String allowed, Key.Parser<String, T> parser) {
    return Key.commaSeparated(name, value, allowed + ", separated by commas", parser)
        .width(Width.LONG);
  }

  /** Whether nodes are found without tag lines. */
  public static boolean findsNodes(Configuration config) {
    return config.get(NODES_FILE).isPresent() || !config.get(ROOTS).isEmpty();
  }
}
