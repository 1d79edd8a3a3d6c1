// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The nodes of a {@code publishednodes.json}, the file of OPC Publisher: entries with an {@code
 * EndpointUrl} and {@code OpcNodes}, each with an {@code Id} and what is to be done with it. What
 * concerns the Publisher alone is passed over.
 *
 * @param nodes in the order of the file
 * @param fields the names of all fields that are set
 */
public record PublishedNodes(List<PublishedNode> nodes, Set<String> fields) {
  /** No file. */
  public static final PublishedNodes NONE = new PublishedNodes(List.of(), Set.of());

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int DEFAULT_PORT = 4840;

  /**
   * One node.
   *
   * @param endpointUrl of the server, as written
   * @param name what the file calls the node; empty for a name made of its id
   * @param heartbeat how often the value is repeated while it does not change; empty for never
   */
  public record PublishedNode(
      String endpointUrl, Optional<String> name, OpcUaTag tag, Optional<Duration> heartbeat) {}

  public PublishedNodes {
    nodes = List.copyOf(nodes);
    fields = Set.copyOf(fields);
  }

  /**
   * Reads a file.
   *
   * @throws LineException saying what is wrong with it, and where
   */
  public static PublishedNodes read(String path) throws LineException {
    try {
      return parse(Files.readString(Path.of(path)));
    } catch (InvalidPathException e) {
      throw new LineException("is no path: " + e.getReason());
    } catch (NoSuchFileException e) {
      throw new LineException(
          "there is no file " + path + " on this worker; every worker needs it under that path");
    } catch (JsonProcessingException e) {
      throw new LineException(
          path
              + (e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr())
              + ": is no JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new LineException("cannot read " + path + " as UTF-8: " + e.getMessage());
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws LineException saying what is wrong with it, and where
   * @throws JsonProcessingException when it is not JSON
   */
  public static PublishedNodes parse(String text) throws JsonProcessingException, LineException {
    JsonNode entries = MAPPER.readTree(text);
    if (!entries.isArray()) {
      throw new LineException("must be an array of entries with EndpointUrl and OpcNodes");
    }
    List<PublishedNode> nodes = new ArrayList<>();
    Set<String> fields = new HashSet<>();
    int number = 0;
    for (JsonNode entry : entries) {
      number++;
      addFields(entry, fields);
      String where = "entry " + number;
      PublishedNodeFields.checkEntry(where, entry);
      if (text(entry, "EndpointUrl").isEmpty()) {
        throw new LineException(where + ": has no EndpointUrl");
      }
      JsonNode old = entry.get("NodeId");
      if (old != null && old.has("Identifier")) {
        nodes.add(node(where, entry, entry, old.get("Identifier").asText()));
      }
      JsonNode opcNodes = entry.get("OpcNodes");
      if (opcNodes != null && opcNodes.isArray()) {
        int index = 0;
        for (JsonNode node : opcNodes) {
          index++;
          addFields(node, fields);
          String at = where + " node " + index;
          String id =
              text(node, "Id")
                  .or(() -> text(node, "ExpandedNodeId"))
                  .orElseThrow(() -> new LineException(at + ": has no Id"));
          nodes.add(node(at, entry, node, id));
        }
      }
    }
    return new PublishedNodes(nodes, fields);
  }

  private static void addFields(JsonNode object, Set<String> fields) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = object.get(name);
      if (!value.isNull() && !value.asText().equals("0") && !value.asText().equals("None")) {
        fields.add(name);
      }
    }
  }

  /** The nodes of a device: those whose URL is one of its own, however written. */
  public List<PublishedNode> of(OpcUaDevice device) {
    List<String> urls = device.urls().stream().map(PublishedNodes::normal).toList();
    return nodes.stream().filter(node -> urls.contains(normal(node.endpointUrl()))).toList();
  }

  /** The URLs of nodes that are of none of these devices, each once, without user and password. */
  public List<String> urlsOfNone(Collection<OpcUaDevice> devices) {
    Set<String> known = new HashSet<>();
    devices.forEach(device -> device.urls().forEach(url -> known.add(normal(url))));
    Map<String, String> strange = new LinkedHashMap<>();
    for (PublishedNode node : nodes) {
      String normal = normal(node.endpointUrl());
      if (!known.contains(normal)) {
        strange.putIfAbsent(normal, "opc.tcp://" + normal);
      }
    }
    return List.copyOf(strange.values());
  }

  /**
   * Reads a node.
   *
   * @param entry with the server, and with intervals of nodes that have none of their own
   */
  private static PublishedNode node(String where, JsonNode entry, JsonNode node, String id)
      throws LineException {
    PublishedNodeFields.check(where, node);
    try {
      OpcUaTag tag =
          new OpcUaTag(NodeAddress.parse(address(id)), Optional.empty(), item(entry, node));
      Optional<Duration> heartbeat =
          PublishedNodeFields.interval(node, "HeartbeatInterval", ChronoUnit.SECONDS);
      Optional<Duration> common =
          PublishedNodeFields.interval(entry, "DefaultHeartbeatInterval", ChronoUnit.SECONDS);
      return new PublishedNode(
          text(entry, "EndpointUrl").orElseThrow(),
          text(node, "DisplayName").or(() -> text(node, "DataSetFieldId")),
          tag,
          heartbeat.or(() -> common).filter(interval -> !interval.isZero()));
    } catch (LineException e) {
      throw new LineException(where + ": " + e.getMessage());
    }
  }

  /** Reads also {@code http://plant.example/UA/#s=Temp}, which means {@code nsu=}. */
  private static String address(String id) {
    int hash = id.indexOf('#');
    return hash > 0 && !id.startsWith("ns") && id.indexOf('=') > hash
        ? "nsu=" + id.substring(0, hash) + ";" + id.substring(hash + 1)
        : id;
  }

  private static ItemSettings item(JsonNode entry, JsonNode node) throws LineException {
    Optional<Duration> sampling =
        PublishedNodeFields.interval(node, "OpcSamplingInterval", ChronoUnit.MILLIS);
    Optional<Duration> common =
        PublishedNodeFields.interval(entry, "DataSetSamplingInterval", ChronoUnit.MILLIS);
    Optional<String> range = text(node, "IndexRange");
    if (range.isPresent()) {
      TagLineParser.checkIndexRange(range.get());
    }
    return new ItemSettings(
            sampling.or(() -> common),
            number(node, "QueueSize", 1),
            flag(node, "DiscardNew").map(discardsNew -> !discardsNew),
            trigger(node),
            deadband(node),
            range,
            flag(node, "SkipFirst"))
        .shared();
  }

  private static Optional<Trigger> trigger(JsonNode node) throws LineException {
    Optional<String> text = text(node, "DataChangeTrigger");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (text.get().toLowerCase(Locale.ROOT)) {
          case "status" -> Trigger.STATUS;
          case "statusvalue" -> Trigger.STATUS_VALUE;
          case "statusvaluetimestamp" -> Trigger.STATUS_VALUE_TIMESTAMP;
          default ->
              throw new LineException(
                  "DataChangeTrigger must be Status, StatusValue or StatusValueTimestamp");
        });
  }

  private static Optional<ItemDeadband> deadband(JsonNode node) throws LineException {
    Optional<String> type = text(node, "DeadbandType").filter(value -> !value.equals("None"));
    Optional<String> size = text(node, "DeadbandValue");
    if (type.isEmpty() || size.isEmpty()) {
      return Optional.empty();
    }
    boolean percent = type.get().equalsIgnoreCase("Percent");
    return Optional.of(TagLineParser.deadband(size.get() + (percent ? "%" : "")));
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() || value.isContainerNode()
        ? Optional.empty()
        : Optional.of(value.asText().trim()).filter(text -> !text.isEmpty());
  }

  private static OptionalInt number(JsonNode node, String field, int least) throws LineException {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt() || value.intValue() < least) {
      throw new LineException(field + " must be a whole number of at least " + least);
    }
    return OptionalInt.of(value.intValue());
  }

  private static Optional<Boolean> flag(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asBoolean());
  }

  private static String normal(String url) {
    try {
      URI uri = new URI(url.trim());
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
      return (uri.getHost() + ":" + port).toLowerCase(Locale.ROOT) + path;
    } catch (java.net.URISyntaxException e) {
      return url;
    }
  }
}
