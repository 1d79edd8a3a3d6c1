// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLine;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.util.List;
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

  /** Lines of the form of {@link #DEVICE_PREFIX} without the prefix. */
  public static final Key<Optional<String>> DEVICES =
      Key.optional("devices", null)
          .importance(Importance.HIGH)
          .width(Width.LONG)
          .display("Devices")
          .doc(
              "Devices as lines of one value, <name>=<url> each, for example in a form. Adds to the"
                  + " devices.<name>=<url> lines. An error names its line.");

  /** Lines of the form of {@link #TAG_PREFIX} without the prefix. */
  public static final Key<Optional<String>> TAGS =
      Key.optional("tags", null)
          .importance(Importance.HIGH)
          .width(Width.LONG)
          .display("Tags")
          .doc(
              "Tags as lines of one value, <name>=<address> [type] [option=value ...] each, for"
                  + " example in a form. Adds to the tags.<name> lines. An error names its line.");

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

  public static final Key<Boolean> VALIDATE_TAGS =
      Key.flag("validate.tags", false)
          .importance(Importance.LOW)
          .display("Test the tags")
          .doc(
              "Whether the connection test also reads the tags, the first 1000 of each tested"
                  + " device, and the connector is refused if one cannot be read.");

  public static final Keys KEYS =
      Keys.group("Devices and tags", DEVICES, TAGS, DEVICES_FILE, TAGS_FILE, VALIDATE_TAGS);

  private InventoryConfig() {}

  private static Key<Optional<String>> file(String name) {
    return Key.optional(name, null, "path of a .csv or .json file", text -> text)
        .importance(Importance.HIGH)
        .width(Width.LONG);
  }

  /** The lines of devices, of all forms but the file. */
  public static List<ConfigLine> deviceLines(Configuration config, ConfigErrors errors) {
    return ConfigLine.all(config, DEVICE_PREFIX, lines(config, DEVICE_PREFIX), errors);
  }

  /** The lines of tags, of all forms but the file. */
  public static List<ConfigLine> tagLines(Configuration config, ConfigErrors errors) {
    return ConfigLine.all(config, TAG_PREFIX, lines(config, TAG_PREFIX), errors);
  }

  private static SortedMap<String, String> lines(Configuration config, String prefix) {
    SortedMap<String, String> lines = config.lines(prefix);
    lines.remove(FILE);
    return lines;
  }

  /** Whether a key is a line of a device or tag, or has several of them as its value. */
  public static boolean isOfLine(String key) {
    return key.startsWith(DEVICE_PREFIX)
        || key.startsWith(TAG_PREFIX)
        || key.equals(DEVICES.name())
        || key.equals(TAGS.name());
  }

  /** An error about a device, at its line. */
  public static ConfigError deviceError(Configuration config, String device, String message) {
    return line(config, DEVICE_PREFIX, device)
        .map(location -> location.error(message))
        .orElseGet(() -> new ConfigError(DEVICES_FILE, message));
  }

  /** An error about a tag, at its line. */
  public static ConfigError tagError(Configuration config, String tag, String message) {
    return line(config, TAG_PREFIX, tag)
        .map(location -> location.error(message))
        .orElseGet(() -> new ConfigError(TAGS_FILE, "tag '" + tag + "': " + message));
  }

  private static Optional<ConfigLocation> line(Configuration config, String prefix, String name) {
    return ConfigLine.all(config, prefix, lines(config, prefix), new ConfigErrors()).stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .map(line -> line.location().of(name));
  }
}
