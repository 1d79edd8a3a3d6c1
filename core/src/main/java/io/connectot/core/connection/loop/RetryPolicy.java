// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection.loop;

import io.connectot.core.connection.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a {@link ConnectionLoop} retries.
 *
 * @param first the first pause before another attempt
 * @param longest the longest pause, and the one after a failure that has to be corrected
 * @param stable how long a connection has to hold until the pauses begin with the first again
 * @param tickInterval how often {@link Connection#tick} is called; zero for never
 */
public record RetryPolicy(
    Duration first, Duration longest, Duration stable, Duration tickInterval) {
  /** How long a connection has to hold, by default. */
  public static final Duration STABLE = Duration.ofSeconds(10);

  /** Without ticks. */
  public RetryPolicy(Duration first, Duration longest) {
    this(first, longest, STABLE, Duration.ZERO);
  }

  /** The same with ticks. */
  public RetryPolicy withTicks(Duration interval) {
    return new RetryPolicy(first, longest, stable, interval);
  }

  /** The pauses, for one thread or lock. */
  public Backoff newBackoff() {
    return new Backoff(first, longest, () -> ThreadLocalRandom.current().nextDouble());
  }
}
