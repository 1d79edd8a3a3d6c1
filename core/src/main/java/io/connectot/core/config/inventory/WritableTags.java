// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.WriteRule;
import io.connectot.core.model.WriteRule.Interlock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which tags of a configuration a sink needs. */
final class WritableTags {
  private WritableTags() {}

  /** Adds errors when nothing may be written, or when a condition names a tag that is not there. */
  static <E, A> void check(
      Inventory<E, A> inventory,
      Map<Tag<A>, Set<String>> tags,
      Configuration config,
      ConfigErrors errors) {
    if (inventory.devices().isEmpty()) {
      errors.add(
          new ConfigError(
              InventoryConfig.DEVICES_FILE,
              "there are no devices: add a line devices.<name>=<url> for each, or a devices.file"));
    }
    if (tags.keySet().stream().noneMatch(tag -> tag.writeRule().isPresent())) {
      errors.add(
          new ConfigError(
              InventoryConfig.TAGS_FILE,
              "there are no tags that may be written: add write=true to the line or row of each"
                  + " tag that commands may write"));
    }
    Set<String> reported = new HashSet<>();
    for (Device<E> device : inventory.devices()) {
      for (Tag<A> tag : inventory.tagsOf(device)) {
        Optional<Interlock> interlock = tag.writeRule().flatMap(WriteRule::interlock);
        if (interlock.isPresent()
            && !has(inventory.tagsOf(device), interlock.get().tag())
            && reported.add(tag.name())) {
          errors.add(missing(device, tag, interlock.get(), config));
        }
      }
    }
  }

  private static boolean has(List<? extends Tag<?>> tags, String name) {
    return tags.stream().anyMatch(tag -> tag.name().equals(name));
  }

  private static ConfigError missing(
      Device<?> device, Tag<?> tag, Interlock interlock, Configuration config) {
    return InventoryConfig.tagError(
        config,
        tag.name(),
        "write.if="
            + interlock
            + ": device '"
            + device.name()
            + "' has no tag '"
            + interlock.tag()
            + "'; add it to the tag list, or correct the name");
  }

  /** The devices with the tags that may be written and those that conditions are about. */
  static <E, A> Inventory<E, A> select(List<Device<E>> devices, Map<Tag<A>, Set<String>> tags) {
    Set<String> conditions = new HashSet<>();
    tags.keySet()
        .forEach(
            tag ->
                tag.writeRule()
                    .flatMap(WriteRule::interlock)
                    .ifPresent(interlock -> conditions.add(interlock.tag())));
    Map<Tag<A>, Set<String>> selected = new LinkedHashMap<>();
    tags.forEach(
        (tag, names) -> {
          if (tag.writeRule().isPresent() || conditions.contains(tag.name())) {
            selected.put(tag, names);
          }
        });
    return Inventory.of(devices, selected);
  }
}
