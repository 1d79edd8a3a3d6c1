// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.Threads;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.runtime.SourceRuntime;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingSessionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streaming connections of one task, each with a thread of its own.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class StreamingRuntime<E, A> implements SourceRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingRuntime.class);
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final StreamingSessionFactory<E, A> sessions;
  private final RuntimeSettings settings;
  private final RecordPipeline pipeline;
  private final ThreadFactory threads;

  /** Of the task's own parts of endpoints. */
  private final List<EndpointStream> streams = new ArrayList<>();

  /** Of parts of an earlier configuration. */
  private final List<EndpointStream> former = new ArrayList<>();

  /**
   * @param devices the devices of the task
   * @param parts which parts of their endpoints are the task's; all of those without any
   * @param offsets what the worker has stored
   */
  public StreamingRuntime(
      StreamingSessionFactory<E, A> sessions,
      Inventory<E, A> inventory,
      List<Device<E>> devices,
      Map<String, List<EndpointPart>> parts,
      OffsetReader offsets,
      RuntimeSettings settings,
      RecordPipeline pipeline) {
    this.sessions = sessions;
    this.settings = settings;
    this.pipeline = pipeline;
    String threadName = settings.threadName() + "-stream-";
    this.threads = Threads.factory(threadName);
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
                    settings.connector(),
                    threadName,
                    part,
                    offsets,
                    pipeline.metrics(),
                    pipeline.clock());
            streams.add(stream(endpoint, behind, context, settings.onFailure()));
            for (EndpointPart gone : sessions.formerParts(endpoint, context)) {
              former.add(stream(endpoint, behind, context.withPart(gone), this::formerFailed));
            }
          }
        });
    publish(pipeline.metrics());
  }

  private EndpointStream stream(
      String endpoint,
      Map<Device<E>, List<Tag<A>>> behind,
      StreamContext context,
      Consumer<Throwable> onFailure) {
    StreamRecords records =
        new StreamRecords(
            endpoint,
            sessions.statusDevices(List.copyOf(behind.keySet()), context.part()),
            settings.badOnDisconnect(),
            sessions.ordersAcrossConnections(),
            pipeline);
    return new EndpointStream(
        endpoint,
        threads,
        () -> sessions.newSession(endpoint, behind, context),
        records,
        settings.retries().withTicks(sessions.tickInterval()),
        pipeline,
        onFailure);
  }

  /** Another client that works as a former part does not fail the task. */
  private void formerFailed(Throwable cause) {
    if (cause instanceof Error) {
      settings.onFailure().accept(cause);
    } else {
      LOG.error("A session of an earlier configuration is given up", cause);
    }
  }

  @Override
  public void start() {
    streams.forEach(EndpointStream::start);
    former.forEach(EndpointStream::start);
  }

  /** How long to wait for Kafka before {@link #close}: only connections can acknowledge. */
  @Override
  public Duration drainTimeout() {
    return count(true) > 0 ? sessions.drainTimeout() : Duration.ZERO;
  }

  /** Closes the sessions all at once: one that hangs does not keep the others waiting. */
  @Override
  public void close() {
    List<EndpointStream> all = new ArrayList<>(streams);
    all.addAll(former);
    ThreadFactory factory = Threads.factory(settings.threadName() + "-close-");
    List<Thread> closing = new ArrayList<>(all.size());
    for (EndpointStream stream : all) {
      Thread thread = factory.newThread(stream::close);
      closing.add(thread);
      thread.start();
    }
    long deadline = System.nanoTime() + STOP_NANOS;
    boolean stopped = true;
    try {
      for (Thread thread : closing) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        stopped &= !thread.isAlive();
      }
      for (EndpointStream stream : all) {
        stopped &= stream.awaitStopped(deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!stopped) {
      LOG.warn("A session did not close in time; its threads end with their own time limits");
    }
  }

  private void publish(TaskMetrics metrics) {
    metrics.gauge(TaskMetric.CONNECTION_STATE, this::connectionState);
    if (metrics.has(TaskMetric.DEVICES)) {
      long devices = count(true) + count(false);
      metrics.gauge(TaskMetric.DEVICES, () -> devices);
      metrics.gauge(TaskMetric.DEVICES_ONLINE, () -> count(true));
      metrics.gauge(TaskMetric.DEVICES_DEGRADED, () -> 0);
      metrics.gauge(TaskMetric.DEVICES_OFFLINE, () -> count(false));
    }
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
