// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.TopicProblems;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Looks for topics that Kafka would reject. As topics grow with the names, it tests each device
 * with the longest of its tag names, and each list of tags with one device, instead of every
 * combination.
 */
final class TopicCheck {
  private static final String PREFIX = MappingConfig.TOPIC + ": ";

  private final MappingSettings mapping;
  private final ConfigErrors errors;

  TopicCheck(MappingSettings mapping, ConfigErrors errors) {
    this.mapping = mapping;
    this.errors = errors;
  }

  <E, A> void check(Inventory<E, A> inventory) {
    IdentityHashMap<List<Tag<A>>, List<Tag<A>>> longest = new IdentityHashMap<>();
    for (Device<E> device : inventory.devices()) {
      List<Tag<A>> tags = inventory.tagsOf(device);
      List<Tag<A>> known = longest.get(tags);
      if (known == null) {
        longest.put(tags, longest(tags));
        known = tags;
      }
      Optional<String> message = TopicProblems.find(mapping, device, known);
      if (message.isPresent()) {
        // The template is wrong: one error is enough.
        errors.add(new ConfigError(MappingConfig.TOPIC, withoutKey(message.get())));
        return;
      }
    }
  }

  /** A {@link ConfigError} adds the key itself. */
  private static String withoutKey(String message) {
    return message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message;
  }

  private static <A> List<Tag<A>> longest(List<Tag<A>> tags) {
    return tags.isEmpty()
        ? List.of()
        : List.of(Collections.max(tags, Comparator.comparing(tag -> tag.name().length())));
  }
}
