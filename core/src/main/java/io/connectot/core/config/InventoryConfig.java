// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The keys that name devices and tags: {@code devices.file} and {@code tags.file}, and the lines
 * {@code devices.<name>} and {@code tags.<name>}, which are in no definition.
 */
public final class InventoryConfig {
  public static final String DEVICE_PREFIX = "devices.";
  public static final String TAG_PREFIX = "tags.";

  private static final String FILE = "file";

  public static final Key<Optional<String>> DEVICES_FILE =
      file(DEVICE_PREFIX + FILE)
          .display("Device list")
          .doc(
              "CSV or JSON file of devices, under a path that every worker can read: columns 'name'"
                  + " and 'url'; any other column is an attribute of the device. Adds to the"
                  + " devices.<name>=<url> lines.");

  public static final Key<Optional<String>> TAGS_FILE =
      file(TAG_PREFIX + FILE)
          .display("Tag list")
          .doc(
              "CSV or JSON file of tags, under a path that every worker can read: columns 'name',"
                  + " 'address', 'type' and the options of a tag line; 'device' narrows a tag to"
                  + " one device, or to several separated by '|'; any other column is an attribute"
                  + " of the tag. Adds to the tags.<name>=<address> [type] [option=value ...]"
                  + " lines.");

  public static final Keys KEYS = Keys.group("Devices and tags", DEVICES_FILE, TAGS_FILE);

  private InventoryConfig() {}

  private static Key<Optional<String>> file(String name) {
    return Key.optional(name, null, "path of a .csv or .json file", text -> text)
        .importance(Importance.HIGH)
        .width(Width.LONG);
  }

  /** Device name to URL as written, in the order of the names; a value may be null. */
  public static SortedMap<String, String> deviceLines(Configuration config) {
    return lines(config, DEVICE_PREFIX);
  }

  /** Tag name to line as written, in the order of the names; a value may be null. */
  public static SortedMap<String, String> tagLines(Configuration config) {
    return lines(config, TAG_PREFIX);
  }

  private static SortedMap<String, String> lines(Configuration config, String prefix) {
    SortedMap<String, String> lines = config.lines(prefix);
    lines.remove(FILE);
    return lines;
  }
}
