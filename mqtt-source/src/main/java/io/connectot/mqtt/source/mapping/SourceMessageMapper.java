// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.RecordSink;
import io.connectot.mqtt.source.mapping.TopicRouter.Route;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.Subscriptions;
import io.connectot.mqtt.transport.InboundMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps messages as the lines of the configuration say. Whatever a payload holds, the result is its
 * records or a poison message. For one thread.
 */
public final class SourceMessageMapper implements InboundMessageMapper {
  private static final Logger LOG = LoggerFactory.getLogger(SourceMessageMapper.class);

  private final MapperSettings settings;
  private final MessageCounts counts;
  private final TopicRouter router;

  /** Null unless poison messages go to a topic. */
  private final DeadLetters deadLetters;

  /**
   * @param counts is told what becomes of messages beside records
   */
  public SourceMessageMapper(MapperSettings settings, MessageCounts counts) {
    this.settings = settings;
    this.counts = counts;
    this.router = new TopicRouter(settings);
    this.deadLetters =
        settings
            .deadLetterTopic()
            .map(topic -> new DeadLetters(topic, settings.connector(), settings.endpoint()))
            .orElse(null);
  }

  @Override
  public void map(InboundMessage message, long receivedNanos, RecordSink sink)
      throws PoisonMessageException {
    StagedRecords staged = new StagedRecords();
    Route route = null;
    try {
      route = router.route(message.topic());
      if (message.retained() && route.plan().retained() == RetainedPolicy.SKIP) {
        counts.countRetainedDropped();
        return;
      }
      byte[] payload =
          route
              .plan()
              .payload()
              .compression()
              .decompress(message.payload(), settings.maxPayloadBytes());
      route.mapper().map(message, payload, receivedNanos, staged);
    } catch (PayloadException | RuntimeException | StackOverflowError e) {
      poison(message, receivedNanos, route, e, sink);
      return;
    }
    if (!route.matched()) {
      logUnmatched(counts.countUnmatched(), message);
    }
    staged.flushTo(sink);
  }

  private void poison(
      InboundMessage message, long receivedNanos, Route route, Throwable cause, RecordSink sink)
      throws PoisonMessageException {
    String subscription = route == null ? subscription(message.topic()) : route.plan().name();
    String reason =
        cause instanceof PayloadException
            ? cause.getMessage()
            : "the message cannot be mapped (" + cause.getClass().getSimpleName() + ")";
    switch (settings.poison()) {
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
                  + " to deadletter or skip to go on without such messages",
              cause);
      case SKIP -> log(counts.countSkipped(), "skipped", message, subscription, reason);
      case DEADLETTER -> {
        deadLetters.add(message, receivedNanos, subscription, cause, reason, sink);
        log(counts.countDeadLetter(), "put aside", message, subscription, reason);
      }
      default -> throw new IllegalStateException(settings.poison().name());
    }
  }

  /** The name of the line whose filter matches, where the topic could not be mapped. */
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

  /** Logs the first, second, fourth, eighth …: a device that goes wrong does so all day. */
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
