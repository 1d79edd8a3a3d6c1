// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.config.Inventory;
import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.Threads;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.runtime.SourceRuntime;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingDriver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the streaming connections of one task, each with a thread of its own. */
public final class StreamingRuntime implements SourceRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingRuntime.class);
  private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(4);

  private final List<EndpointStream> streams = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param devices the devices of the task
   * @param parts which parts of their endpoints are the task's; all of those without any
   * @param offsets what the worker has stored
   */
  public <E, A> StreamingRuntime(
      StreamingDriver<E, A> driver,
      Inventory<E, A> inventory,
      List<Device<E>> devices,
      Map<String, List<EndpointPart>> parts,
      OffsetReader offsets,
      String connector,
      RuntimeSettings settings,
      RecordPipeline outlet) {
    String threadName = settings.threadName() + "-stream-";
    Map<String, Map<Device<E>, List<Tag<A>>>> byEndpoint = new LinkedHashMap<>();
    for (Device<E> device : devices) {
      byEndpoint
          .computeIfAbsent(device.endpoint(), endpoint -> new LinkedHashMap<>())
          .put(device, inventory.tagsOf(device));
    }
    byEndpoint.forEach(
        (endpoint, behind) -> {
          for (EndpointPart part : parts.getOrDefault(endpoint, List.of(EndpointPart.WHOLE))) {
            StreamContext context =
                new StreamContext(
                    connector, threadName, part, offsets, outlet.metrics(), outlet.clock());
            streams.add(
                new EndpointStream(
                    endpoint,
                    () -> driver.newSession(endpoint, behind, context),
                    List.copyOf(behind.keySet()),
                    settings.badOnDisconnect(),
                    new Backoff(
                        settings.reconnectBackoff(),
                        settings.reconnectBackoffMax(),
                        () -> ThreadLocalRandom.current().nextDouble()),
                    outlet,
                    settings.onFailure()));
          }
        });
    ThreadFactory factory = Threads.factory(threadName);
    streams.forEach(stream -> threads.add(factory.newThread(stream)));
    publish(outlet.metrics(), devices.size());
  }

  @Override
  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public void close() {
    streams.forEach(EndpointStream::close);
    threads.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        if (thread.isAlive()) {
          LOG.warn("{} did not end when it was told to", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A connection that was being made may have been opened after the first close.
    streams.forEach(EndpointStream::close);
  }

  private void publish(TaskMetrics metrics, int devices) {
    metrics.gauge(Metric.DEVICES, () -> devices);
    metrics.gauge(Metric.DEVICES_ONLINE, () -> count(true));
    metrics.gauge(Metric.DEVICES_DEGRADED, () -> 0);
    metrics.gauge(Metric.DEVICES_OFFLINE, () -> count(false));
    metrics.gauge(Metric.CONNECTION_STATE, this::connectionState);
  }

  private long count(boolean online) {
    long count = 0;
    for (EndpointStream stream : streams) {
      count += (stream.state() == ConnectionState.ONLINE) == online ? stream.devices() : 0;
    }
    return count;
  }

  private long connectionState() {
    long online = 0;
    for (EndpointStream stream : streams) {
      online += stream.state() == ConnectionState.ONLINE ? 1 : 0;
    }
    return online == 0 ? 0 : online < streams.size() ? 1 : 2;
  }
}
