// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.mapping.TopicProblems;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicCollisions;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.EventRecords;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;

/**
 * Looks for topics that Kafka would refuse, and for topics of different keys that are the same.
 *
 * <p>As topics grow with the names, the length is tested for each device with the longest of its
 * tag names, and for each list of tags with one device, instead of every combination.
 */
final class TopicCheck {
  /** Maximum number of tags, of all devices, whose topics are compared with each other. */
  private static final int MAX_COMPARED = 100_000;

  private static final String PREFIX = MappingConfig.TOPIC + ": ";

  private final MappingSettings mapping;

  /** Of records that are not values, by key. */
  private final Map<String, NameTemplate> others = new LinkedHashMap<>();

  private final ConfigErrors errors;

  /**
   * @param events of the driver
   */
  TopicCheck(SourceConfig config, Optional<EventRecords> events, ConfigErrors errors) {
    this.mapping = config.mapping();
    this.errors = errors;
    config
        .get(MappingConfig.STATUS_TOPIC)
        .ifPresent(topic -> others.put(MappingConfig.STATUS_TOPIC.name(), topic));
    config
        .get(MappingConfig.GAP_TOPIC)
        .ifPresent(topic -> others.put(MappingConfig.GAP_TOPIC.name(), topic));
    events.ifPresent(
        own -> others.put(own.key(), NameTemplate.compile(own.topic(), Vocabulary.DEVICE)));
  }

  <E, A> void check(Inventory<E, A> inventory) {
    if (checkLength(inventory)) {
      TopicCollisions topics = new TopicCollisions(MAX_COMPARED);
      compareValues(inventory, topics);
      others.forEach((key, template) -> compare(key, template, inventory.devices(), topics));
    }
  }

  /** Whether the topics of values are legal. */
  private <E, A> boolean checkLength(Inventory<E, A> inventory) {
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
        return false;
      }
    }
    return true;
  }

  private <E, A> void compareValues(Inventory<E, A> inventory, TopicCollisions topics) {
    int compared = 0;
    for (Device<E> device : inventory.devices()) {
      List<Tag<A>> tags = inventory.tagsOf(device);
      compared += Math.max(1, tags.size());
      if (compared > MAX_COMPARED) {
        return;
      }
      for (String topic : TopicProblems.topics(mapping, device, tags)) {
        if (!add(MappingConfig.TOPIC.name(), topic, topics)) {
          return;
        }
      }
    }
  }

  private <E> void compare(
      String key, NameTemplate template, List<Device<E>> devices, TopicCollisions topics) {
    for (Device<E> device : devices) {
      try {
        if (!add(key, TopicProblems.topic(mapping, template, device), topics)) {
          return;
        }
      } catch (DataException e) {
        errors.add(new ConfigError(key, withoutKey(e.getMessage())));
        return;
      }
    }
  }

  private boolean add(String key, String topic, TopicCollisions topics) {
    Optional<String> collision = topics.add(key, topic);
    collision.ifPresent(message -> errors.add(new ConfigError(key, message)));
    return collision.isEmpty();
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
