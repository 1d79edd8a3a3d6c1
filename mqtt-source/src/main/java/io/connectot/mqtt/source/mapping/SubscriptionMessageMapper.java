// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.RecordDecorator;
import io.connectot.mqtt.source.mapping.TopicRouter.Line;
import io.connectot.mqtt.source.mapping.TopicRouter.Route;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.Subscriptions;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps inbound messages as configured for their subscription. Any payload becomes events or is a
 * poison message. For one thread.
 */
public final class SubscriptionMessageMapper implements InboundMessageMapper {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMessageMapper.class);

  private final MapperSettings settings;
  private final MessageCounts counts;
  private final TopicRouter router;

  /** Null without a dead letter topic. */
  private final DeadLetters deadLetters;

  /**
   * @param counts counts the messages that become no ordinary record
   */
  public SubscriptionMessageMapper(MapperSettings settings, MessageCounts counts) {
    this.settings = settings;
    this.counts = counts;
    this.router = new TopicRouter(settings);
    this.deadLetters = settings.deadLetters().orElse(null);
  }

  @Override
  public Message map(InboundMessage message, long receivedNanos, Ack ack)
      throws PoisonMessageException {
    Route route;
    try {
      route = router.route(message.topic());
    } catch (PayloadException | RuntimeException e) {
      String subscription = subscription(message.topic());
      return new Message(
          poison(message, receivedNanos, subscription, settings.poison(), e), ack, null);
    }
    if (route.lines().size() == 1) {
      Line line = route.lines().get(0);
      return new Message(events(line, message, receivedNanos), ack, null, decorator(line, message));
    }
    List<SourceEvent> events = new ArrayList<>();
    RecordDecorator decorator = RecordDecorator.NONE;
    for (Line line : route.lines()) {
      events.addAll(events(line, message, receivedNanos));
      // Lines that need one need the same: the headers of the message.
      decorator = decorator == RecordDecorator.NONE ? decorator(line, message) : decorator;
    }
    return new Message(events, ack, null, decorator);
  }

  private static RecordDecorator decorator(Line line, InboundMessage message) {
    return line.mapper() == null ? RecordDecorator.NONE : line.mapper().decorator(message);
  }

  /** What a line makes of a message. */
  private List<? extends SourceEvent> events(Line line, InboundMessage message, long receivedNanos)
      throws PoisonMessageException {
    SubscriptionPlan plan = line.plan();
    try {
      if (line.failure() != null) {
        throw line.failure();
      }
      if (message.retained() && plan.retained() == RetainedPolicy.SKIP) {
        counts.countRetainedDropped();
        return List.of();
      }
      byte[] payload =
          plan.payload().compression().decompress(message.payload(), settings.maxPayloadBytes());
      List<? extends SourceEvent> events = line.mapper().map(message, payload, receivedNanos);
      if (plan.name().equals(Subscriptions.UNMATCHED)) {
        logUnmatched(counts.countUnmatched(), message);
      }
      return events;
    } catch (PayloadException | RuntimeException | StackOverflowError e) {
      return poison(message, receivedNanos, plan.name(), plan.poison(), e);
    }
  }

  private List<PreparedRecord> poison(
      InboundMessage message,
      long receivedNanos,
      String subscription,
      PoisonPolicy policy,
      Throwable cause)
      throws PoisonMessageException {
    String reason =
        cause instanceof PayloadException
            ? cause.getMessage()
            : "the message cannot be mapped (" + cause.getClass().getSimpleName() + ")";
    switch (policy) {
      case FAIL ->
          throw new PoisonMessageException(
              "Message of topic "
                  + message.topic()
                  + ", subscription "
                  + subscription
                  + ": "
                  + reason
                  + ". Set "
                  + PoisonConfig.POISON
                  + ", or 'poison' of the line, to deadletter or skip to continue without such"
                  + " messages",
              cause);
      case SKIP -> {
        log(counts.countSkipped(), "skipped", message, subscription, reason);
        return List.of();
      }
      case DEADLETTER -> {
        log(counts.countDeadLetter(), "put aside", message, subscription, reason);
        return List.of(deadLetters.of(message, receivedNanos, subscription, cause, reason));
      }
      default -> throw new IllegalStateException(policy.name());
    }
  }

  /** The name of the line with a matching filter, if the topic could not be mapped. */
  private String subscription(String topic) {
    return settings.subscriptions().nameOf(topic).orElse(Subscriptions.UNMATCHED);
  }

  private static void logUnmatched(long count, InboundMessage message) {
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "Message of topic {} matches no subscription, number {} so far: the broker still had it"
              + " for an earlier configuration. It is mapped as the connector's own keys say",
          message.topic(),
          count);
    }
  }

  /** Logs the first, second, fourth, eighth … message, as faulty devices publish many. */
  private static void log(
      long count, String what, InboundMessage message, String subscription, String reason) {
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "Message of topic {}, subscription {}, {} as poison, number {} so far: {}",
          message.topic(),
          subscription,
          what,
          count,
          reason);
    }
  }
}
