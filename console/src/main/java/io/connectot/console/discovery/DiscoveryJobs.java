// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.line.LineException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs discoveries, a few at a time, each within a time limit. Thread-safe. */
public final class DiscoveryJobs implements AutoCloseable {
  /** The most findings of a discovery. */
  static final int MAX_FINDINGS = 5000;

  private static final Logger log = LoggerFactory.getLogger(DiscoveryJobs.class);
  private static final int MAX_RUNNING = 4;

  /** The most that are kept, those that run included. */
  private static final int MAX_JOBS = 16;

  /** How long the findings are kept. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private final DiscoveryCatalog catalog;
  private final SecretResolver resolver;
  private final Duration limit;
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService executor;
  private final Timer timer;

  /** Those whose threads have not ended, even if they are cancelled. */
  private final AtomicInteger running = new AtomicInteger();

  /** In the order of their starts. Guarded by this. */
  private final Map<String, DiscoveryJob> jobs = new LinkedHashMap<>();

  /** Runs tasks later. Thread-safe. */
  @FunctionalInterface
  interface Timer {
    /**
     * Runs a task on another thread after a delay.
     *
     * @return cancels it
     */
    Future<?> after(Duration delay, Runnable task);
  }

  /**
   * Nothing runs yet.
   *
   * @param limit after which a discovery is cancelled
   */
  public DiscoveryJobs(DiscoveryCatalog catalog, SecretResolver resolver, Duration limit) {
    this(catalog, resolver, limit, null);
  }

  /**
   * @param timer null for that of the threads
   */
  DiscoveryJobs(DiscoveryCatalog catalog, SecretResolver resolver, Duration limit, Timer timer) {
    this.catalog = catalog;
    this.resolver = resolver;
    this.limit = limit;
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            // One is left for the time limits.
            MAX_RUNNING + 1,
            task -> {
              Thread thread = new Thread(task, "ot-console-discovery");
              thread.setDaemon(true);
              // Drivers look for their parts in the class loader of the pack.
              thread.setContextClassLoader(DiscoveryJobs.class.getClassLoader());
              return thread;
            },
            // Tasks of a closed console have no effect.
            new ThreadPoolExecutor.DiscardPolicy());
    threads.setRemoveOnCancelPolicy(true);
    threads.setKeepAliveTime(1, TimeUnit.MINUTES);
    threads.allowCoreThreadTimeOut(true);
    this.executor = threads;
    this.timer =
        timer != null
            ? timer
            : (delay, task) -> threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The protocols. */
  public DiscoveryCatalog catalog() {
    return catalog;
  }

  /**
   * Starts a discovery.
   *
   * @param request may have references to config providers
   * @return empty if too many run already
   */
  public synchronized Optional<DiscoveryJob> start(Discovery discovery, DiscoveryRequest request) {
    if (running.get() >= MAX_RUNNING) {
      return Optional.empty();
    }
    running.incrementAndGet();
    DiscoveryJob job = new DiscoveryJob(newId(), new DiscoveryRun(MAX_FINDINGS), limit);
    jobs.put(job.id(), job);
    if (jobs.size() > MAX_JOBS) {
      jobs.values().stream()
          .filter(old -> !old.isRunning())
          .map(DiscoveryJob::id)
          .findFirst()
          .ifPresent(jobs::remove);
    }
    executor.execute(() -> run(discovery, request, job));
    return Optional.of(job);
  }

  /** A discovery by its id. */
  public synchronized Optional<DiscoveryJob> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Ends a discovery, if it is there, and forgets it. */
  public void cancel(String id) {
    DiscoveryJob job;
    synchronized (this) {
      job = jobs.remove(id);
    }
    if (job != null) {
      job.cancel();
    }
  }

  private void run(Discovery discovery, DiscoveryRequest request, DiscoveryJob job) {
    Future<?> end = timer.after(limit, job::expire);
    String problem = null;
    try {
      if (job.begin()) {
        discovery.discover(resolved(request, job), job.run());
      }
    } catch (LineException | ConfigException | ProtocolException e) {
      problem = e.getMessage();
    } catch (InterruptedException e) {
      problem = "stopped";
    } catch (RuntimeException | LinkageError e) {
      // With its class only, because its message may have a secret.
      log.warn("A discovery of {} failed with {}", discovery.title(), e.getClass().getName());
      log.debug("The failure of the discovery", e);
      problem = "failed with " + e.getClass().getSimpleName() + "; see the log of the worker";
    } finally {
      end.cancel(false);
      running.decrementAndGet();
      job.ended(problem);
      // Pages that are closed do not forget it.
      Future<?> unused = timer.after(KEPT, () -> cancel(job.id()));
    }
  }

  private DiscoveryRequest resolved(DiscoveryRequest request, DiscoveryJob job) {
    Map<String, String> config = new HashMap<>(request.config());
    // The address can refer to a secret, too. No key of a connector is empty.
    config.put("", request.address());
    SecretResolver.Resolved resolved = resolver.resolve(config);
    job.keepSecret(resolved.secrets());
    Map<String, String> keys = new HashMap<>(resolved.config());
    String address = keys.remove("");
    return new DiscoveryRequest(
        request.method(), address, keys, request.parent(), request.parameters());
  }

  private String newId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  @Override
  public void close() {
    Map<String, DiscoveryJob> open;
    synchronized (this) {
      open = Map.copyOf(jobs);
      jobs.clear();
    }
    open.values().forEach(DiscoveryJob::cancel);
    executor.shutdownNow();
  }
}
