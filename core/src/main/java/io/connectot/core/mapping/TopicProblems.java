// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;

/** Finds, before anything runs, devices and tags that make an illegal topic. */
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
    PreparedDevice prepared = new PreparedDevice(settings, device);
    try {
      if (settings.layout() == RecordLayout.ROW || !prepared.hasTopicPerTag()) {
        prepared.topic();
        return Optional.empty();
      }
      for (Tag<?> tag : tags) {
        prepared.prepare(tag);
      }
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    }
  }
}
