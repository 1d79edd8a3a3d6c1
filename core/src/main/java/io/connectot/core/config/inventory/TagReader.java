// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.ConfigLine;
import io.connectot.core.config.ConfigLocation;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.NameRules;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.common.WriteOptions;
import io.connectot.core.config.table.Columns;
import io.connectot.core.config.table.TableFile;
import io.connectot.core.config.table.TableRow;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.core.spi.line.TagTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tag lines and rows. For one thread.
 *
 * @param <A> the protocol's own tag address
 */
final class TagReader<A> {
  private static final Logger LOG = LoggerFactory.getLogger(TagReader.class);
  private static final String NAME = "name";
  private static final String ADDRESS = "address";
  private static final String TYPE = "type";
  private static final String DEVICE = "device";

  private final Configuration config;
  private final TagFactory<A> factory;
  private final Set<String> protocolOptions;
  private final TagTable table;
  private final DeviceNames deviceNames;
  private final ConfigErrors errors;
  private final Map<Tag<A>, Set<String>> tags = new LinkedHashMap<>();

  /** Tag name to device names to location; an empty device name stands for all devices. */
  private final Map<String, Map<String, ConfigLocation>> locations = new HashMap<>();

  TagReader(
      Configuration config,
      Driver<?, A> driver,
      Protocol protocol,
      Set<String> deviceNames,
      ConfigErrors errors) {
    this.config = config;
    this.protocolOptions = protocol.tagOptions();
    this.table = protocol.tagTable();
    this.factory = new TagFactory<>(driver, protocolOptions, config);
    this.deviceNames = new DeviceNames(deviceNames);
    this.errors = errors;
  }

  /**
   * The valid tags, each with the names of the devices it is narrowed to, empty for all. For the
   * others there is an error.
   */
  Map<Tag<A>, Set<String>> read() {
    InventoryConfig.tagLines(config, errors).forEach(this::readLine);
    config.get(InventoryConfig.TAGS_FILE).ifPresent(this::readFile);
    return tags;
  }

  private void readLine(ConfigLine line) {
    try {
      TagText text = TagText.parse(line.text() == null ? "" : line.text());
      Map<String, String> options = new LinkedHashMap<>(text.options());
      Optional<String> devices =
          protocolOptions.contains(DEVICE)
              ? Optional.empty()
              : Optional.ofNullable(options.remove(DEVICE));
      Optional<String> type = type(text, options);
      add(
          new TagDefinition(
              line.location(), line.name(), text.address(), type, devices, options, Map.of()));
    } catch (LineException e) {
      errors.add(line.location().of(line.name()).error(e.getMessage()));
    }
  }

  /** The type of a line: a word behind the address, or an option as in a file. */
  private Optional<String> type(TagText text, Map<String, String> options) throws LineException {
    if (protocolOptions.contains(TYPE) || !options.containsKey(TYPE)) {
      return text.type();
    }
    String option = options.remove(TYPE);
    if (text.type().isPresent()) {
      throw new LineException(
          "has a type twice, '"
              + text.type().get()
              + "' and type="
              + option
              + "; remove one of them");
    }
    return Optional.of(option);
  }

  private void readFile(String path) {
    List<String> known = new ArrayList<>(List.of(NAME, ADDRESS, TYPE, DEVICE));
    known.addAll(protocolOptions);
    known.addAll(TagFactory.COMMON_OPTIONS);
    Columns writable = new Columns(known);
    known.removeIf(name -> WriteOptions.NAMES.contains(name) && !protocolOptions.contains(name));
    known.add(WriteOptions.WRITE);
    Columns others = new Columns(known);
    List<String> required = List.of(NAME, ADDRESS);
    List<TableRow> lines =
        TableFile.read(
            InventoryConfig.TAGS_FILE.name(), path, required, table.aliases(), errors::add);
    List<TagTable.Row> rows = new ArrayList<>();
    for (TableRow line : lines) {
      Map<String, String> attributes = new LinkedHashMap<>();
      // Tables of vendors have columns such as min and max, which are attributes of the others.
      Columns columns = isWritable(line) ? writable : others;
      rows.add(new TagTable.Row(columns.split(line, attributes, errors::add), attributes));
    }
    table.prepare(rows);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ConfigLocation location = lines.get(i).location();
      try {
        if (table.read(rows.get(i))) {
          add(definition(location, rows.get(i)));
        } else {
          left.add(location.text());
        }
      } catch (LineException e) {
        errors.add(location.error(e.getMessage()));
      }
    }
    if (!left.isEmpty()) {
      LOG.info(
          "{} rows of {} are no tags that can be read, e.g. {}", left.size(), path, left.get(0));
    }
  }

  private static TagDefinition definition(ConfigLocation location, TagTable.Row row) {
    Map<String, String> options = row.cells();
    String name = options.remove(NAME);
    String address = options.remove(ADDRESS);
    Optional<String> type = Optional.ofNullable(options.remove(TYPE));
    Optional<String> devices = Optional.ofNullable(options.remove(DEVICE));
    return new TagDefinition(
        location,
        // Tables of vendors have names such as L1/N; '/' separates levels of a path.
        name == null ? "" : name.replace('/', '_'),
        address == null ? "" : address,
        type,
        devices,
        options,
        row.attributes());
  }

  private static boolean isWritable(TableRow row) {
    return row.cells().entrySet().stream()
        .anyMatch(
            cell ->
                cell.getKey().equalsIgnoreCase(WriteOptions.WRITE)
                    && !cell.getValue().equalsIgnoreCase("false"));
  }

  private void add(TagDefinition definition) {
    ConfigLocation location = definition.location();
    try {
      NameRules.check("tag", definition.name());
      if (definition.address().isEmpty()) {
        throw new LineException("has no address; fill the column 'address'");
      }
      Set<String> devices =
          definition.devices().isPresent()
              ? deviceNames.parse(definition.devices().get())
              : Set.of();
      Optional<ConfigLocation> other = claim(definition.name(), devices, location);
      if (other.isPresent()) {
        Duplicates.report("tag", definition.name(), other.get(), location, errors);
        return;
      }
      tags.put(factory.make(definition), devices);
    } catch (LineException e) {
      errors.add(location.of(definition.name()).error(e.getMessage()));
    } catch (RuntimeException e) {
      errors.add(location.of(definition.name()).error(UnexpectedFailure.message("tag", e)));
    }
  }

  /** Reserves a name for devices, unless one of them already has a tag of that name. */
  private Optional<ConfigLocation> claim(
      String name, Set<String> devices, ConfigLocation location) {
    Set<String> scopes = devices.isEmpty() ? Set.of("") : devices;
    Map<String, ConfigLocation> taken =
        locations.computeIfAbsent(name, tag -> new LinkedHashMap<>());
    if (!taken.isEmpty()) {
      if (devices.isEmpty() || taken.containsKey("")) {
        return Optional.of(taken.values().iterator().next());
      }
      for (String scope : scopes) {
        if (taken.containsKey(scope)) {
          return Optional.of(taken.get(scope));
        }
      }
    }
    scopes.forEach(scope -> taken.put(scope, location));
    return Optional.empty();
  }

  /**
   * Parses the lists of device names that tags are narrowed to. Keeps the results, as there are few
   * different lists.
   */
  private static final class DeviceNames {
    /** Maximum names that a message lists. */
    private static final int MAX_LISTED = 10;

    /** Sorted, so that messages do not change. */
    private final Set<String> known;

    private final Map<String, Set<String>> lists = new HashMap<>();

    DeviceNames(Set<String> known) {
      this.known = new TreeSet<>(known);
    }

    /**
     * @throws LineException when one is not configured
     */
    Set<String> parse(String text) throws LineException {
      Set<String> names = lists.get(text);
      if (names == null) {
        names = new LinkedHashSet<>();
        for (String part : text.split("\\|", -1)) {
          // A blank also separates names, unless it is part of one.
          if (known.contains(part.trim())) {
            names.add(part.trim());
          } else {
            if (part.isBlank()) {
              throw new LineException(
                  "device '" + text + "' contains an empty name; remove the '|'");
            }
            for (String name : part.trim().split("\\s+")) {
              check(name);
              names.add(name);
            }
          }
        }
        lists.put(text, names);
      }
      return names;
    }

    private String someKnown() {
      if (known.isEmpty()) {
        return "; add a line devices.<name>=<url> for it";
      }
      List<String> names = known.stream().limit(MAX_LISTED).toList();
      return "; configured devices are "
          + String.join(", ", names)
          + (names.size() < known.size() ? " and more" : "");
    }

    private void check(String name) throws LineException {
      if (!known.contains(name)) {
        throw new LineException(
            "there is no device '"
                + name
                + "'"
                + Suggestion.of(name, known)
                    .word()
                    .map(word -> ", did you mean " + word + "?")
                    .orElseGet(this::someKnown));
      }
    }
  }
}
