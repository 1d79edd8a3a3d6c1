// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.BoundedCache;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.PayloadFormat;
import io.connectot.mqtt.source.payload.TopicMapper;
import io.connectot.mqtt.source.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Caches the mapping of each topic, so that a message costs one look-up. For one thread. */
final class TopicRouter {
  /** Maximum number of cached topics; together with the length limit some ten megabytes. */
  static final int MAX_TOPICS = 10_000;

  /** Longer topics are not cached. */
  static final int MAX_LENGTH = 512;

  private final Subscriptions subscriptions;
  private final Map<String, Target> targets = new HashMap<>();
  private final BoundedCache<String, Route> routes = new BoundedCache<>(MAX_TOPICS);

  TopicRouter(MapperSettings settings) {
    this.subscriptions = settings.subscriptions();
    settings
        .plans()
        .forEach(
            (name, plan) -> targets.put(name, new Target(plan, plan.payload().formats().get())));
  }

  /** A subscription and the state of its format. */
  private record Target(SubscriptionPlan plan, PayloadFormat format) {}

  /**
   * How the messages of a topic are mapped.
   *
   * @param lines the mappings by each line with the filter of the topic; not empty
   */
  record Route(List<Line> lines) {
    Route {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The mapping of a topic by a line.
   *
   * @param mapper null if the line cannot map the topic
   * @param failure why; null if it can
   */
  record Line(SubscriptionPlan plan, TopicMapper mapper, PayloadException failure) {}

  /**
   * @throws PayloadException when the topic cannot be mapped
   */
  Route route(String topic) throws PayloadException {
    Route known = routes.get(topic);
    if (known != null) {
      return known;
    }
    Route route = find(topic);
    if (topic.length() <= MAX_LENGTH) {
      routes.put(topic, route);
    }
    return route;
  }

  private Route find(String topic) throws PayloadException {
    List<Subscriptions.Match> matches;
    try {
      matches = subscriptions.find(topic);
    } catch (LineException e) {
      throw new PayloadException(e.getMessage(), e);
    }
    List<Line> lines = new ArrayList<>(matches.size());
    for (Subscriptions.Match match : matches) {
      Target target = targets.get(match.variables().subscription());
      try {
        lines.add(new Line(target.plan(), target.format().forTopic(match.variables()), null));
      } catch (PayloadException e) {
        lines.add(new Line(target.plan(), null, e));
      }
    }
    return new Route(lines);
  }
}
