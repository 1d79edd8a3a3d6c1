// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what runs behind a task from its configuration.
 *
 * @param mappers makes a mapper, for one thread each
 * @param events empty when no status topic is configured
 * @param kept reads what the worker keeps for client ids, where it keeps something
 * @param delivered waits until Kafka has all that the worker took
 * @param onFailure told what nothing here can heal, on any thread
 */
public record SessionFactory(
    MqttConnectionConfig connection,
    Configuration keys,
    Duration reconnectBackoff,
    Duration reconnectBackoffMax,
    Supplier<InboundMessageMapper> mappers,
    Optional<EventMapper> events,
    RecordBuffer buffer,
    TaskMetrics metrics,
    Clock clock,
    Function<Collection<String>, Map<String, SessionOffset>> kept,
    MqttSourceRuntime.Delivered delivered,
    Consumer<Throwable> onFailure) {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFactory.class);

  /** How long reading may stand still, unless the keep-alive time demands less. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /**
   * What runs behind a task; not started.
   *
   * @param task its number
   */
  public MqttSourceRuntime runtime(SubscriptionAssignment layout, int task) {
    Map<String, SessionOffset> before = kept.apply(layout.clientIds());
    Optional<SessionOffset> own = Optional.ofNullable(before.get(layout.clientId(task)));
    long generation = SubscriptionAssignment.generation(before.values());
    int tasks = task == 0 ? layout.formerTasks(before) : layout.tasks();
    List<String> left = layout.leftovers(task, own);
    MqttSession session =
        new MqttSession(
            setup(layout.clientId(task), layout.of(task), connection.will()),
            outlet(events, onFailure),
            own,
            left,
            tasks,
            generation);
    List<OrphanedSession> former = new ArrayList<>();
    for (int gone = layout.tasks(); gone < tasks; gone++) {
      former.add(
          former(layout, gone, generation, Optional.ofNullable(before.get(layout.clientId(gone)))));
    }
    SessionMigration handover =
        new SessionMigration(
            layout, task, session, left, former, () -> kept.apply(layout.clientIds()), clock);
    return new MqttSourceRuntime(
        session, handover, metrics, delivered, keys.get(SessionConfig.STOP_TIMEOUT), onFailure);
  }

  private OrphanedSession former(
      SubscriptionAssignment layout, int task, long generation, Optional<SessionOffset> known) {
    String clientId = layout.clientId(task);
    List<String> left = layout.leftovers(task, known);
    MqttSession session =
        new MqttSession(
            setup(clientId, List.of(), Optional.empty()),
            outlet(Optional.empty(), cause -> failed(clientId, cause)),
            Optional.empty(),
            left,
            layout.tasks(),
            generation);
    MqttClientSettings settings = connection.settings(clientId);
    return new OrphanedSession(
        session,
        new ArrayList<>(left),
        connection.brokers(),
        new PahoTransportFactory(settings.withSession(clientId, Duration.ZERO), connection.tls()));
  }

  /** Somebody who works as a former task is no reason to fail the task. */
  private void failed(String clientId, Throwable cause) {
    if (cause.getCause() instanceof PoisonMessageException) {
      onFailure.accept(cause);
    } else {
      LOG.error("The session of former task {} is given up", clientId, cause);
    }
  }

  private SessionSetup setup(
      String clientId, List<SourceSubscription> subscriptions, Optional<Will> will) {
    MqttClientSettings settings = connection.settings(clientId);
    return new SessionSetup(
        clientId,
        connection.brokers(),
        new PahoTransportFactory(settings, connection.tls()),
        will,
        subscriptions,
        !settings.cleanSession(),
        reconnectBackoff,
        reconnectBackoffMax,
        keys.get(SessionConfig.MAX_UNACKNOWLEDGED_MESSAGES),
        keys.get(SessionConfig.MAX_UNACKNOWLEDGED_BYTES),
        keys.get(SessionConfig.QOS0_OVERFLOW),
        longestPause(settings));
  }

  private static Duration longestPause(MqttClientSettings settings) {
    Duration half = settings.keepAlive().dividedBy(2);
    return half.isZero() || half.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : half;
  }

  private SessionOutlet outlet(Optional<EventMapper> news, Consumer<Throwable> failures) {
    return new SessionOutlet(mappers.get(), news, buffer, metrics, clock, failures);
  }

  /** What the worker stored, by client id. */
  public static Map<String, SessionOffset> read(
      Map<Map<String, String>, Map<String, Object>> stored) {
    Map<String, SessionOffset> read = new HashMap<>();
    stored.forEach(
        (partition, offset) ->
            SessionOffset.of(offset)
                .ifPresent(known -> read.put(SessionOffset.clientId(partition), known)));
    return read;
  }
}
