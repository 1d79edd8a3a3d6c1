// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A span of time for which values are missing or may be missing. It never starts after its end:
 * when the clock was set back meanwhile, it is the instant of its end.
 *
 * @param tag the tag it concerns; empty for all tags of the device
 * @param from the last instant at which a value is known; null if none ever was, or if it is not
 *     known when, because a clock was set back
 * @param to the first instant at which values are known again: the gap is what is between the two
 * @param cause why, in words for an operator
 * @param missedScans how many scans of the device's fastest tags fell into the span; empty for
 *     protocols that do not poll
 * @param filled whether the values of the span were delivered afterwards
 */
public record Gap(
    Device<?> device,
    Optional<Tag<?>> tag,
    Instant from,
    Instant to,
    String cause,
    OptionalLong missedScans,
    boolean filled)
    implements SourceEvent {

  public Gap {
    from = from != null && from.isAfter(to) ? to : from;
  }

  /** A gap of a protocol that does not poll. */
  public Gap(
      Device<?> device,
      Optional<Tag<?>> tag,
      Instant from,
      Instant to,
      String cause,
      boolean filled) {
    this(device, tag, from, to, cause, OptionalLong.empty(), filled);
  }
}
