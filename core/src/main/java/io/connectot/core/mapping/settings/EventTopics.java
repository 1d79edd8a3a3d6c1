// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where statuses and gaps go.
 *
 * @param status the {@code status.topic}, over {@link Vocabulary#DEVICE}; empty for none
 * @param gap the {@code gap.topic}, over {@link Vocabulary#DEVICE}; empty for none
 * @param heartbeat how often the status of a device is repeated
 */
public record EventTopics(
    Optional<NameTemplate> status, Optional<NameTemplate> gap, Duration heartbeat) {
  /** A status is valid for this many heartbeats, so that one may be late. */
  private static final int VALID_HEARTBEATS = 2;

  /** Until when a status may be believed without another record. */
  public Instant validUntil(Instant made) {
    return made.plus(heartbeat.multipliedBy(VALID_HEARTBEATS));
  }
}
