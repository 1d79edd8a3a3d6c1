// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The keys that name devices and tags: {@code devices.file} and {@code tags.file}, and the lines
 * {@code devices.<name>} and {@code tags.<name>}, which are in no definition.
 */
public final class InventoryConfig {
  public static final String DEVICES_FILE = "devices.file";
  public static final String TAGS_FILE = "tags.file";
  public static final String DEVICE_PREFIX = "devices.";
  public static final String TAG_PREFIX = "tags.";

  private static final String GROUP = "Devices and tags";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public InventoryConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.of(DEVICES_FILE, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("path of a .csv or .json file", text -> {}))
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Device list")
        .width(Width.LONG)
        .doc(
            "A CSV or JSON file of devices that every worker can read under this path: columns"
                + " 'name' and 'url', any other column is an attribute of the device. Adds to the"
                + " devices.<name>=<url> lines.")
        .addTo(definition);
    Option.of(TAGS_FILE, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("path of a .csv or .json file", text -> {}))
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Tag list")
        .width(Width.LONG)
        .doc(
            "A CSV or JSON file of tags that every worker can read under this path: columns 'name',"
                + " 'address', 'type' and the options of a tag line; 'device' narrows a tag to one"
                + " device, or several separated by '|'; any other column is an attribute of the"
                + " tag. Adds to the tags.<name>=<address> [type] [option=value ...] lines.")
        .addTo(definition);
    return definition;
  }

  /** The path of the device list. */
  public Optional<String> devicesFile() {
    return path(DEVICES_FILE);
  }

  /** The path of the tag list. */
  public Optional<String> tagsFile() {
    return path(TAGS_FILE);
  }

  /** Device name to URL as written, in the order of the names; a value may be null. */
  SortedMap<String, String> deviceLines() {
    return lines(DEVICE_PREFIX, DEVICES_FILE);
  }

  /** Tag name to line as written, in the order of the names; a value may be null. */
  SortedMap<String, String> tagLines() {
    return lines(TAG_PREFIX, TAGS_FILE);
  }

  private SortedMap<String, String> lines(String prefix, String fileKey) {
    SortedMap<String, String> lines = new TreeMap<>();
    for (Map.Entry<String, Object> entry : config.originals().entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(prefix) && !key.equals(fileKey)) {
        Object value = entry.getValue();
        lines.put(key.substring(prefix.length()), value == null ? null : value.toString());
      }
    }
    return lines;
  }

  private Optional<String> path(String key) {
    return Optional.ofNullable(config.getString(key))
        .map(String::trim)
        .filter(text -> !text.isEmpty());
  }
}
