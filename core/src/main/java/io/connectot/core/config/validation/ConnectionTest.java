// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.model.Device;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to devices or brokers to check that they are reachable. Thread-safe.
 *
 * <p>All tests share one small pool of daemon threads, which end soon after the last test. A
 * connection attempt that outlives its test keeps its thread until its own time limit; while all
 * threads are held like that, devices count as reachable, and no more threads are started.
 */
public final class ConnectionTest {
  /** The most connections that are tested. */
  static final int MAX_DEVICES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionTest.class);

  /** Workers give a request 90 seconds. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final ThreadPoolExecutor THREADS = newThreads();

  /** For all peers together. */
  private final Duration limit;

  /** One attempt to connect. */
  @FunctionalInterface
  public interface Attempt {
    /**
     * Connects, and closes the connection.
     *
     * @throws ProtocolException with the cause
     * @throws InterruptedException when the test is over
     */
    void run() throws ProtocolException, InterruptedException;
  }

  /** A test that takes 15 seconds at most. */
  public ConnectionTest() {
    this(Duration.ofSeconds(15));
  }

  /**
   * @param limit for all peers together; a test takes 60 seconds at most
   */
  public ConnectionTest(Duration limit) {
    this.limit = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
  }

  /**
   * Connects to the first device of each of the first endpoints, in parallel. Devices behind one
   * endpoint are not tested together: many gateways accept a single connection.
   *
   * @return the failures, by device
   */
  public <E> Map<Device<E>, String> run(Driver<E, ?> driver, List<Device<E>> devices) {
    return run(devices, driver::testConnection);
  }

  /** What is done with a device. */
  @FunctionalInterface
  interface DeviceTest<E> {
    void run(Device<E> device) throws ProtocolException, InterruptedException;
  }

  /** As {@link #run(Driver, List)}, with a test of the caller. */
  <E> Map<Device<E>, String> run(List<Device<E>> devices, DeviceTest<E> test) {
    Map<String, Device<E>> byEndpoint = new LinkedHashMap<>();
    for (Device<E> device : devices) {
      if (byEndpoint.size() == MAX_DEVICES) {
        break;
      }
      byEndpoint.putIfAbsent(device.endpoint(), device);
    }
    Map<Device<E>, Attempt> attempts = new LinkedHashMap<>();
    byEndpoint.values().forEach(device -> attempts.put(device, () -> test.run(device)));
    return run(attempts);
  }

  /**
   * Makes all attempts in parallel. An attempt that takes too long is not a failure.
   *
   * @param attempts at most 10, by the name of the peer, which is logged
   * @return the failures, by key
   */
  public <K> Map<K, String> run(Map<K, Attempt> attempts) {
    List<K> tested = new ArrayList<>();
    List<Future<Optional<String>>> results = new ArrayList<>();
    attempts.forEach(
        (key, attempt) -> {
          try {
            results.add(THREADS.submit(test(attempt)));
            tested.add(key);
          } catch (RejectedExecutionException e) {
            LOG.warn("Too many connection tests are running, {} is not tested", name(key));
          }
        });
    return await(tested, results);
  }

  /**
   * The error of a device that was not reached, on its line.
   *
   * @param message why
   */
  public static ConfigError unreachable(Device<?> device, String message, Configuration config) {
    return InventoryConfig.deviceError(
        config,
        device.name(),
        "device '"
            + device.name()
            + "' cannot be reached: "
            + message
            + " (to create the connector anyway, set "
            + ConnectionConfig.VALIDATE_CONNECTION
            + "=false)");
  }

  private <K> Map<K, String> await(List<K> tested, List<Future<Optional<String>>> results) {
    Map<K, String> failures = new LinkedHashMap<>();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (int i = 0; i < tested.size(); i++) {
        K key = tested.get(i);
        long left = Math.max(0, deadline - System.nanoTime());
        try {
          results
              .get(i)
              .get(left, TimeUnit.NANOSECONDS)
              .ifPresent(message -> failures.put(key, message));
        } catch (java.util.concurrent.TimeoutException e) {
          // The worker can be busy. The connector reports an unreachable peer when it runs.
          LOG.warn(
              "The connection test of {} did not end within {} s and does not count",
              name(key),
              limit.toSeconds());
        } catch (ExecutionException e) {
          LOG.debug("The connection test of {} failed", name(key), e);
          if (e.getCause() instanceof ConfigException wrong) {
            failures.put(key, wrong.getMessage());
            continue;
          }
          // Without the exception's own message, which may quote a URL with its password.
          failures.put(
              key,
              "the connection test failed ("
                  + e.getCause().getClass().getSimpleName()
                  + "), which is a bug in this connector");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      results.forEach(result -> result.cancel(true));
    }
    return failures;
  }

  private static String name(Object key) {
    return key instanceof Device<?> device ? "device " + device.name() : key.toString();
  }

  private static Callable<Optional<String>> test(Attempt attempt) {
    return () -> {
      try {
        attempt.run();
        return Optional.empty();
      } catch (ProtocolException e) {
        return Optional.of(e.getMessage());
      }
    };
  }

  private static ThreadPoolExecutor newThreads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MAX_DEVICES,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread =
              new Thread(task, "connect-ot-connection-test-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }
}
