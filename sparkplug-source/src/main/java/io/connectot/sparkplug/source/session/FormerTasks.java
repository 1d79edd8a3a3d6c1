// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.connection.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last driver of each connector of this worker. Values have QoS 0: what a task had received and
 * Kafka had not confirmed when the worker stopped it, as workers do that lose their Kafka, exists
 * nowhere else. The next task of the connector takes it over. Thread-safe.
 */
final class FormerTasks {
  private static final Logger LOG = LoggerFactory.getLogger(FormerTasks.class);

  /** After it, the task runs on another worker or not at all. */
  private static final long KEPT_NANOS = Duration.ofMinutes(30).toNanos();

  /** After it, a task has stopped that has nothing left which Kafka does not have. */
  private static final long KEPT_EMPTY_NANOS = Duration.ofMinutes(1).toNanos();

  // Guarded by the class, as the next.
  private static final Map<String, Entry> DRIVERS = new HashMap<>();

  private static boolean scheduled;

  private FormerTasks() {}

  private record Entry(Map<String, ?> config, SparkplugDriver driver) {}

  /**
   * Registers the driver of a task that starts.
   *
   * @param config of the connector: state is taken over from an equal one only
   * @param tick now, by the ticker
   * @return the driver of the former task
   */
  static synchronized Optional<SparkplugDriver> replace(
      String connector, Map<String, ?> config, SparkplugDriver driver, long tick) {
    forget(tick);
    Entry former = DRIVERS.put(connector, new Entry(config, driver));
    schedule();
    if (former == null || former.driver() == driver) {
      return Optional.empty();
    }
    former.driver().forgetFormer();
    if (!former.config().equals(config)) {
      LOG.info("{}: the configuration changed; nothing is taken over", connector);
      return Optional.empty();
    }
    return Optional.of(former.driver());
  }

  /** Keeps a driver that opens a session, though it was without one for long. */
  static synchronized void keep(String connector, Map<String, ?> config, SparkplugDriver driver) {
    DRIVERS.putIfAbsent(connector, new Entry(config, driver));
    schedule();
  }

  /** Forgets the drivers that are not used any more, as those of connectors that were deleted. */
  static synchronized void forget(long tick) {
    DRIVERS
        .values()
        .removeIf(
            each -> {
              long unused = tick - each.driver().usedTick();
              return unused > KEPT_NANOS
                  || (unused > KEPT_EMPTY_NANOS && each.driver().isEverythingDelivered());
            });
  }

  /** Forgets the driver of a connector. */
  static synchronized void forget(String connector) {
    DRIVERS.remove(connector);
  }

  /** Whether something is kept for the next task of a connector. */
  static synchronized boolean isKept(String connector) {
    return DRIVERS.containsKey(connector);
  }

  private static void schedule() {
    if (!scheduled && !DRIVERS.isEmpty()) {
      scheduled = true;
      CompletableFuture.delayedExecutor(KEPT_EMPTY_NANOS, TimeUnit.NANOSECONDS)
          .execute(FormerTasks::forgetNow);
    }
  }

  private static synchronized void forgetNow() {
    scheduled = false;
    forget(Clock.SYSTEM.tick());
    schedule();
  }
}
