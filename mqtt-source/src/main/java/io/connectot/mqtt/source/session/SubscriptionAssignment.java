// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.TaskAssignment;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which task subscribes to what, and who did before. Every task computes the same from the
 * configuration. Immutable.
 */
public final class SubscriptionAssignment {
  private static final String SHARED = "$share/";

  /** So many more tasks than now may have been there before. */
  private static final int MOST_FORMER_TASKS = 64;

  private final String baseClientId;
  private final String group;
  private final SubscriptionSharing scale;
  private final int tasks;
  private final List<SourceSubscription> subscriptions;

  /** The task of each filter; empty unless they are split. */
  private final Map<String, Integer> owners;

  /**
   * @param baseClientId the client ids without the numbers of the tasks
   * @param connector its name, after which the group of shared subscriptions is called
   * @param tasks how many there are
   * @param subscriptions of the connector
   */
  public SubscriptionAssignment(
      String baseClientId,
      String connector,
      SubscriptionSharing scale,
      int tasks,
      List<SourceSubscription> subscriptions) {
    this.baseClientId = baseClientId;
    this.group = SHARED + groupName(connector) + "/";
    this.scale = scale;
    this.tasks = tasks;
    this.subscriptions = List.copyOf(subscriptions);
    this.owners =
        scale == SubscriptionSharing.SPLIT
            ? TaskAssignment.assign(
                subscriptions.stream().map(SourceSubscription::filter).toList(), tasks)
            : Map.of();
  }

  /** Percent-encodes what a share name must not contain (MQTT 5.0 §4.8.2), and the percent sign. */
  private static String groupName(String connector) {
    return connector
        .replace("%", "%25")
        .replace("/", "%2F")
        .replace("+", "%2B")
        .replace("#", "%23");
  }

  /** The generation of a task that starts now: higher than that of every stored offset. */
  static long generation(Collection<SessionOffset> stored) {
    return 1 + stored.stream().mapToLong(SessionOffset::generation).max().orElse(0);
  }

  /** How many tasks have something to do. */
  public static int tasks(SubscriptionSharing scale, int subscriptions, int maxTasks) {
    return switch (scale) {
      case NONE -> 1;
      case SHARED -> maxTasks;
      case SPLIT -> Math.max(1, Math.min(maxTasks, subscriptions));
    };
  }

  /** How many tasks there are. */
  public int tasks() {
    return tasks;
  }

  /** As whom a task, present or former, connects. */
  public String clientId(int task) {
    return baseClientId + "-" + task;
  }

  /** As whom tasks connect and may have connected, the present ones first. */
  public List<String> clientIds() {
    List<String> ids = new ArrayList<>();
    for (int task = 0; task < tasks + MOST_FORMER_TASKS; task++) {
      ids.add(clientId(task));
    }
    return ids;
  }

  /** What a task subscribes to, in the broker's words. */
  public List<SourceSubscription> of(int task) {
    List<SourceSubscription> own = new ArrayList<>();
    for (SourceSubscription one : subscriptions) {
      if (scale != SubscriptionSharing.SPLIT || owners.get(one.filter()) == task) {
        own.add(
            new SourceSubscription(
                one.name(), inBrokersWords(one.filter()), one.qos(), one.retained()));
      }
    }
    return own;
  }

  private String inBrokersWords(String filter) {
    return scale == SubscriptionSharing.SHARED && !filter.startsWith(SHARED)
        ? group + filter
        : filter;
  }

  /**
   * Who takes over a filter that a session was subscribed to.
   *
   * @param filter in the broker's words
   * @param task which task; empty when all do
   */
  record Successor(String filter, OptionalInt task) {}

  /**
   * Who takes over what a session was subscribed to; empty when nobody wants it any more.
   *
   * @param former in the broker's words
   */
  Optional<Successor> successor(String former) {
    String plain = former.startsWith(group) ? former.substring(group.length()) : former;
    for (SourceSubscription one : subscriptions) {
      if (one.filter().equals(former) || one.filter().equals(plain)) {
        Integer owner = owners.get(one.filter());
        return Optional.of(
            new Successor(
                inBrokersWords(one.filter()),
                owner == null ? OptionalInt.empty() : OptionalInt.of(owner)));
      }
    }
    return Optional.empty();
  }

  /**
   * What a session may be subscribed to beside what it should be.
   *
   * @param task whose session it is, present or former
   * @param known what the worker kept of it
   */
  List<String> leftovers(int task, Optional<SessionOffset> known) {
    List<String> left = new ArrayList<>();
    if (known.isPresent()) {
      left.addAll(known.get().filters());
    } else {
      for (SourceSubscription one : subscriptions) {
        left.add(one.filter());
        if (!one.filter().startsWith(SHARED)) {
          left.add(group + one.filter());
        }
      }
    }
    if (task < tasks) {
      of(task).forEach(own -> left.remove(own.filter()));
    }
    return left;
  }

  /**
   * Number of tasks that may have had sessions: the sessions of those beyond the current ones are
   * orphaned. The first task ends orphaned sessions, so its count is valid unless another task
   * stored an offset of the same or a later generation.
   *
   * @param kept stored offsets by client id
   */
  int formerTasks(Map<String, SessionOffset> kept) {
    SessionOffset first = kept.get(clientId(0));
    int most = Math.max(tasks, first == null ? 0 : first.tasks());
    for (int task = 1; task < tasks + MOST_FORMER_TASKS; task++) {
      SessionOffset other = kept.get(clientId(task));
      if (other != null && (first == null || other.generation() >= first.generation())) {
        most = Math.max(most, Math.max(task + 1, other.tasks()));
      }
    }
    return Math.min(most, tasks + MOST_FORMER_TASKS);
  }
}
