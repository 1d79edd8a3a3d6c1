// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.plant.PlantView;
import io.connectot.console.plant.TagState;
import io.connectot.console.record.PlantRecord.DeviceState;
import io.connectot.console.record.PlantRecord.TagValue;
import io.connectot.core.model.Quality;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tags, devices and notices as JSON. Thread-safe. */
public final class PlantJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TAGS = 500;
  private static final int MOST_DEVICES = 500;
  private static final int MOST_PROBLEMS = 50;

  private static final Comparator<DeviceState> BY_PATH = Comparator.comparing(DeviceState::path);

  private final PlantView view;

  PlantJson(PlantView view) {
    this.view = view;
  }

  /** How many tags of each quality a folder has below it. */
  private static final class Folder {
    private final Map<Quality, Integer> counts = new EnumMap<>(Quality.class);
  }

  /** The folders and tags directly below a path. */
  ObjectNode level(String path) {
    String prefix = path.isEmpty() ? "" : path + "/";
    Map<String, Folder> folders = new TreeMap<>();
    ArrayNode tags = JSON.createArrayNode();
    int omitted = 0;
    // Tags of a folder follow each other, so its name is cut out once and not for each of them.
    String within = null;
    Folder folder = null;
    for (Map.Entry<String, TagState> tag : view.below(prefix).entrySet()) {
      String key = tag.getKey();
      if (within == null || !key.startsWith(within)) {
        int slash = key.indexOf('/', prefix.length());
        within = slash < 0 ? null : key.substring(0, slash + 1);
        folder =
            slash < 0
                ? null
                : folders.computeIfAbsent(
                    key.substring(prefix.length(), slash), name -> new Folder());
      }
      if (folder != null) {
        folder.counts.merge(tag.getValue().newest().quality(), 1, Integer::sum);
      } else if (tags.size() < MOST_TAGS) {
        tags.add(brief(tag.getValue().newest()));
      } else {
        omitted++;
      }
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("path", path);
    ArrayNode list = root.putArray("folders");
    folders.forEach(
        (name, counted) -> {
          ObjectNode node = list.addObject().put("name", name).put("path", prefix + name);
          for (Quality quality : Quality.values()) {
            node.put(
                quality.name().toLowerCase(Locale.ROOT), counted.counts.getOrDefault(quality, 0));
          }
        });
    root.set("tags", tags);
    root.put("omitted", omitted);
    return root;
  }

  /** The first tags whose path contains a text, in any case. */
  ObjectNode search(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    ArrayNode tags = JSON.createArrayNode();
    int found = 0;
    for (Map.Entry<String, TagState> tag : view.below("").entrySet()) {
      if (tag.getKey().toLowerCase(Locale.ROOT).contains(wanted) && found++ < MOST_TAGS) {
        tags.add(brief(tag.getValue().newest()));
      }
    }
    ObjectNode root = JSON.createObjectNode();
    root.set("tags", tags);
    root.put("omitted", Math.max(0, found - MOST_TAGS));
    return root;
  }

  /** A tag with its values; null if the tag does not exist. */
  ObjectNode tag(String path) {
    TagState state = view.watched(path).orElse(null);
    if (state == null) {
      return null;
    }
    TagValue newest = state.newest();
    ObjectNode root = brief(newest);
    root.put("protocol", newest.protocol());
    root.set("record", record(newest));
    ArrayNode points = root.putArray("points");
    for (TagState.Point point : state.points()) {
      ArrayNode pair = points.addArray().add(point.millis());
      if (Double.isFinite(point.value())) {
        pair.add(point.value());
      } else {
        pair.addNull();
      }
    }
    ArrayNode gaps = root.putArray("gaps");
    for (TagState.Span gap : state.gaps()) {
      gaps.addArray().add(gap.start().toEpochMilli()).add(gap.end().toEpochMilli());
    }
    return root;
  }

  private static JsonNode record(TagValue value) {
    String text = value.json().toString();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static ObjectNode brief(TagValue value) {
    ObjectNode node = JSON.createObjectNode();
    node.put("path", value.path());
    node.put("device", value.device());
    node.put("tag", value.tag());
    node.put("connector", value.connector());
    node.put("value", value.value());
    node.put("type", value.type());
    node.put("unit", value.unit());
    node.put("quality", value.quality().name());
    node.put("status", value.status());
    node.put("time", value.time().toEpochMilli());
    node.put("historical", value.historical());
    return node;
  }

  /** How many devices there are and are online, and the first ones that are not, by path. */
  static ObjectNode deviceSummary(List<DeviceState> devices, Instant now) {
    List<DeviceState> problems =
        devices.stream().filter(device -> !isOnline(device, now)).sorted(BY_PATH).toList();
    ObjectNode root = JSON.createObjectNode();
    root.put("count", devices.size());
    root.put("online", devices.size() - problems.size());
    ArrayNode list = root.putArray("problems");
    problems.stream().limit(MOST_PROBLEMS).forEach(device -> list.add(device(device, now)));
    root.put("omitted", Math.max(0, problems.size() - MOST_PROBLEMS));
    return root;
  }

  /**
   * The first devices whose path, endpoint or connector contains a text, in any case; those that
   * are not online come first.
   */
  static ObjectNode devices(List<DeviceState> devices, String text, Instant now) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<DeviceState> found =
        devices.stream()
            .filter(device -> contains(device, wanted))
            .sorted(
                Comparator.comparing((DeviceState device) -> isOnline(device, now))
                    .thenComparing(BY_PATH))
            .toList();
    ObjectNode root = JSON.createObjectNode();
    root.put("count", devices.size());
    ArrayNode list = root.putArray("devices");
    found.stream().limit(MOST_DEVICES).forEach(device -> list.add(device(device, now)));
    root.put("omitted", Math.max(0, found.size() - MOST_DEVICES));
    return root;
  }

  private static boolean contains(DeviceState device, String wanted) {
    return Stream.of(device.path(), device.endpoint(), device.connector())
        .anyMatch(text -> text != null && text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  private static boolean isOnline(DeviceState device, Instant now) {
    return state(device, now).equals("ONLINE");
  }

  /** A state that is not repeated in time is not known any more. */
  private static String state(DeviceState device, Instant now) {
    return device.validUntil().isBefore(now) ? "UNKNOWN" : device.state();
  }

  /** A device with its state. */
  static ObjectNode device(DeviceState device, Instant now) {
    return JSON.createObjectNode()
        .put("path", device.path())
        .put("device", device.device())
        .put("protocol", device.protocol())
        .put("connector", device.connector())
        .put("state", state(device, now))
        .put("cause", device.cause())
        .put("endpoint", device.endpoint())
        .put("since", device.since().toEpochMilli())
        .put("valid_until", device.validUntil().toEpochMilli());
  }

  /** The notices of the timeline. */
  static ArrayNode notices(List<PlantView.Notice> notices) {
    ArrayNode list = JSON.createArrayNode();
    for (PlantView.Notice notice : notices) {
      list.addObject()
          .put("time", notice.time().toEpochMilli())
          .put("kind", notice.kind())
          .put("path", notice.path())
          .put("connector", notice.connector())
          .put("text", notice.text())
          .put("bad", notice.bad());
    }
    return list;
  }
}
