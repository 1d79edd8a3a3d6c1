// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.config.Configuration;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.StreamingSessionFactory;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.transport.TransportFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Opens the MQTT sessions of one task: its own, and those of tasks that no longer exist until they
 * are empty. Thread-safe.
 */
public final class MqttDriver implements StreamingSessionFactory<Object, Object> {
  private static final Duration TICK = Duration.ofMillis(250);

  private final Configuration config;
  private final MqttConnectionConfig connectionConfig;
  private final IntFunction<SubscriptionAssignment> assignments;
  private final Function<TaskMetrics, InboundMessageMapper> mappers;
  private final Function<MqttClientSettings, TransportFactory> transports;

  /** Null before the first session. Guarded by this. */
  private TaskSessions sessions;

  /**
   * @param assignments how a number of tasks share the subscriptions
   * @param mappers creates the mapper of a session
   * @param transports creates the transports of a client
   */
  public MqttDriver(
      Configuration config,
      IntFunction<SubscriptionAssignment> assignments,
      Function<TaskMetrics, InboundMessageMapper> mappers,
      Function<MqttClientSettings, TransportFactory> transports) {
    this.config = config;
    this.connectionConfig = new MqttConnectionConfig(config);
    this.assignments = assignments;
    this.mappers = mappers;
    this.transports = transports;
  }

  @Override
  public StreamingSession newSession(
      String endpoint, Map<Device<Object>, List<Tag<Object>>> devices, StreamContext context) {
    SessionMigration migration = sessions(context).migration(context);
    return new SessionConnection(migration.session(), migration, context.threadName());
  }

  /** May block: reads the stored offsets. */
  private synchronized TaskSessions sessions(StreamContext context) {
    if (sessions == null) {
      sessions = new TaskSessions(context);
    }
    return sessions;
  }

  /** A client is a device of its own, with the status of its connection. */
  @Override
  public List<Device<Object>> statusDevices(List<Device<Object>> devices, EndpointPart part) {
    return part.isFormer()
        ? List.of()
        : List.of(
            MqttSession.client(
                assignments.apply(part.count()).clientId(part.index()), connectionConfig));
  }

  @Override
  public List<EndpointPart> formerParts(String endpoint, StreamContext context) {
    return sessions(context).formerParts();
  }

  @Override
  public boolean splitsEndpoints() {
    return true;
  }

  /** Messages are acknowledged one by one. */
  @Override
  public boolean ordersAcrossConnections() {
    return false;
  }

  @Override
  public Duration tickInterval() {
    return TICK;
  }

  @Override
  public Duration drainTimeout() {
    return config.get(SessionConfig.STOP_TIMEOUT);
  }

  /** The sessions of one task. */
  private final class TaskSessions {
    private final SubscriptionAssignment assignment;
    private final int task;
    private final StreamContext context;
    private final Map<String, SessionOffset> stored;
    private final long generation;

    /** Number of tasks that may have sessions. */
    private final int tasks;

    /** Sessions of former tasks that are not ended. */
    private final AtomicInteger orphans;

    /** By task, former ones included. Guarded by this. */
    private final Map<Integer, SessionMigration> migrations = new HashMap<>();

    TaskSessions(StreamContext context) {
      this.assignment = assignments.apply(context.part().count());
      this.task = context.part().index();
      this.context = context;
      this.stored = stored(context.offsets());
      this.generation = SubscriptionAssignment.generation(stored.values());
      this.tasks = task == 0 ? assignment.formerTasks(stored) : assignment.tasks();
      this.orphans = new AtomicInteger(tasks - assignment.tasks());
    }

    private Map<String, SessionOffset> stored(OffsetReader offsets) {
      List<Map<String, String>> partitions =
          assignment.clientIds().stream().map(SessionOffset::partition).toList();
      Map<String, SessionOffset> read = new HashMap<>();
      offsets
          .read(partitions)
          .forEach(
              (partition, offset) ->
                  SessionOffset.of(offset)
                      .ifPresent(known -> read.put(SessionOffset.clientId(partition), known)));
      return read;
    }

    List<EndpointPart> formerParts() {
      return IntStream.range(assignment.tasks(), tasks)
          .mapToObj(former -> new EndpointPart(former, assignment.tasks()))
          .toList();
    }

    synchronized SessionMigration migration(StreamContext part) {
      SessionMigration known = migrations.get(part.part().index());
      if (known == null) {
        known = newMigration(part);
        migrations.put(part.part().index(), known);
      }
      return known;
    }

    private SessionMigration newMigration(StreamContext part) {
      boolean former = part.part().isFormer();
      String clientId = assignment.clientId(part.part().index());
      MqttClientSettings settings = connectionConfig.settings(clientId);
      MqttSession session = newSession(part, clientId, transports.apply(settings));
      if (!former) {
        part.metrics().gauge(TaskMetric.MESSAGES_UNACKNOWLEDGED, session::unacknowledged);
        part.metrics()
            .gauge(TaskMetric.MESSAGES_UNACKNOWLEDGED_BYTES, session::unacknowledgedBytes);
        part.metrics().gauge(TaskMetric.SUBSCRIPTIONS_REFUSED, session::refused);
      }
      return new SessionMigration(
          assignment,
          task,
          session,
          former ? migration(context).session() : session,
          transports.apply(settings.withSession(clientId, Duration.ZERO)),
          () -> stored(context.offsets()),
          this::orphanEnded);
    }

    private MqttSession newSession(
        StreamContext part, String clientId, TransportFactory transportFactory) {
      boolean former = part.part().isFormer();
      Optional<SessionOffset> before = Optional.ofNullable(stored.get(clientId));
      SubscriptionState state =
          new SubscriptionState(
              clientId,
              former ? Optional.empty() : before,
              assignment.leftovers(part.part().index(), before),
              former ? assignment.tasks() : tasks,
              generation,
              part.clock().epochNanos() / 1_000_000);
      return new MqttSession(
          clientId,
          config,
          transportFactory,
          former ? List.of() : assignment.of(part.part().index()),
          mappers.apply(part.metrics()),
          state,
          before.isPresent() && !former,
          part);
    }

    private void orphanEnded() {
      if (orphans.decrementAndGet() == 0) {
        migration(context).session().state().tasks(assignment.tasks());
      }
    }
  }
}
