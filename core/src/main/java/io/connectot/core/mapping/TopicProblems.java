// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;

/** Finds, before anything runs, the topics of devices and tags, and those that are illegal. */
public final class TopicProblems {
  private TopicProblems() {}

  /**
   * The first of a device's topics that Kafka would refuse.
   *
   * @param tags the tags read from the device
   * @return what is wrong, naming device, tag and template; empty when all topics are legal
   */
  public static Optional<String> find(
      MappingSettings settings, Device<?> device, Collection<? extends Tag<?>> tags) {
    try {
      topics(settings, device, tags);
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The topics of a device's values.
   *
   * @param tags the tags read from the device
   * @throws DataException when Kafka would refuse one, naming device, tag and template
   */
  public static Set<String> topics(
      MappingSettings settings, Device<?> device, Collection<? extends Tag<?>> tags) {
    PreparedDevice prepared = new PreparedDevice(settings, device);
    if (settings.layout() == RecordLayout.ROW || !prepared.hasTopicPerTag()) {
      return Set.of(prepared.topic());
    }
    Set<String> topics = new LinkedHashSet<>();
    for (Tag<?> tag : tags) {
      topics.add(prepared.prepare(tag).topic());
    }
    return topics;
  }

  /**
   * The topic of a device's records that are not values.
   *
   * @param topic over {@link io.connectot.core.mapping.template.Vocabulary#DEVICE}
   * @throws DataException when Kafka would refuse it, naming device and template
   */
  public static String topic(MappingSettings settings, NameTemplate topic, Device<?> device) {
    return new PreparedDevice(settings.withTopic(topic), device).topic();
  }
}
