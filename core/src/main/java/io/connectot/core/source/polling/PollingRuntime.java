// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.source.polling.ScanScheduler.Lane;
import io.connectot.core.source.polling.ScanScheduler.Next;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.runtime.SourceRuntime;
import io.connectot.core.spi.PollingDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the devices of one task.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class PollingRuntime<E, A> implements SourceRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(PollingRuntime.class);
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** What a value takes in memory before the first scan has shown it, in bytes. */
  private static final long GUESSED_VALUE_BYTES = 512;

  private final RuntimeSettings settings;
  private final RecordPipeline pipeline;
  private final List<EndpointPoller<E, A>> endpoints = new ArrayList<>();
  private final ScanScheduler scheduler;

  /**
   * @param devices the devices of the task
   * @param lastKnownNanos per device name, up to when its values are in Kafka
   */
  public PollingRuntime(
      PollingDriver<E, A> driver,
      Inventory<E, A> inventory,
      List<Device<E>> devices,
      Map<String, Long> lastKnownNanos,
      RuntimeSettings settings,
      RecordPipeline pipeline) {
    this.settings = settings;
    this.pipeline = pipeline;
    Map<String, List<Device<E>>> byEndpoint = new LinkedHashMap<>();
    for (Device<E> device : devices) {
      byEndpoint.computeIfAbsent(device.endpoint(), endpoint -> new ArrayList<>()).add(device);
    }
    byEndpoint.forEach(
        (endpoint, behind) -> {
          List<DevicePoller<E, A>> pollers = new ArrayList<>();
          for (Device<E> device : behind) {
            Optional<Long> lastKnown = Optional.ofNullable(lastKnownNanos.get(device.name()));
            pollers.add(poller(driver, device, inventory.tagsOf(device), lastKnown));
          }
          endpoints.add(
              new EndpointPoller<>(
                  endpoint,
                  driver.newSession(endpoint, behind),
                  pollers,
                  backoff(settings.retries().longest()),
                  pipeline));
        });
    // A pool grows to its full size before it lets threads wait for work.
    int threads = Math.min(settings.scanThreads(), Math.max(1, endpoints.size()));
    this.scheduler =
        new ScanScheduler(settings.threadName(), threads, pipeline.clock(), settings.onFailure());
    publish(pipeline.metrics(), devices.size());
  }

  @Override
  public void start() {
    Next now = new Next(pipeline.clock().tick(), Lane.LIVE);
    endpoints.forEach(endpoint -> scheduler.schedule(endpoint, now));
  }

  @Override
  public void close() {
    scheduler.close();
    endpoints.forEach(EndpointPoller::close);
    try {
      if (!scheduler.awaitStopped(STOP_NANOS)) {
        LOG.warn("A scan did not end when it was told to; its thread ends with its own time limit");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A scan that was connecting may have opened its connection after the first close.
    endpoints.forEach(EndpointPoller::close);
  }

  private DevicePoller<E, A> poller(
      PollingDriver<E, A> driver, Device<E> device, List<Tag<A>> tags, Optional<Long> lastKnown) {
    Map<Duration, List<Point<A>>> byInterval = new LinkedHashMap<>();
    for (Tag<A> tag : tags) {
      byInterval
          .computeIfAbsent(tag.interval(), interval -> new ArrayList<>())
          .add(new Point<>(device, tag));
    }
    long now = pipeline.clock().tick();
    List<ScanGroup<A>> groups = new ArrayList<>();
    byInterval.forEach(
        (interval, group) ->
            groups.add(
                new ScanGroup<>(
                    group, interval.toNanos(), now, group.size() * GUESSED_VALUE_BYTES)));
    return new DevicePoller<>(
        device,
        groups,
        settings.badOnDisconnect(),
        pipeline,
        backoff(driver.healthPolicy().longestProbeInterval()),
        new DeviceHealth(driver.healthPolicy()),
        lastKnown);
  }

  private Backoff backoff(Duration longest) {
    return new Backoff(
        settings.retries().first(), longest, () -> ThreadLocalRandom.current().nextDouble());
  }

  private void publish(TaskMetrics metrics, int devices) {
    metrics.gauge(TaskMetric.DEVICES, () -> devices);
    metrics.gauge(TaskMetric.DEVICES_ONLINE, () -> count(DeviceState.ONLINE));
    metrics.gauge(TaskMetric.DEVICES_DEGRADED, () -> count(DeviceState.DEGRADED));
    metrics.gauge(TaskMetric.DEVICES_OFFLINE, () -> count(DeviceState.OFFLINE));
    metrics.gauge(TaskMetric.CONNECTION_STATE, this::connectionState);
  }

  private long count(DeviceState state) {
    long count = 0;
    for (EndpointPoller<E, A> endpoint : endpoints) {
      for (DevicePoller<E, A> device : endpoint.devices()) {
        count += device.state() == state ? 1 : 0;
      }
    }
    return count;
  }

  private long connectionState() {
    long online = 0;
    for (EndpointPoller<E, A> endpoint : endpoints) {
      online += endpoint.state() == ConnectionState.ONLINE ? 1 : 0;
    }
    return online == 0 ? 0 : online < endpoints.size() ? 1 : 2;
  }
}
