// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.TaskAssignment;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Assigns subscriptions to tasks and finds those of earlier configurations. Every task computes the
 * same from the configuration. Immutable.
 */
public final class SubscriptionAssignment {

  /** Maximum number of additional tasks of earlier configurations. */
  private static final int MOST_FORMER_TASKS = 64;

  private final ClientIds clientIds;
  private final String group;
  private final SubscriptionSharing scale;
  private final int tasks;
  private final List<SourceSubscription> subscriptions;

  /** The task of each filter; empty unless split. */
  private final Map<String, Integer> owners;

  /**
   * @param clientIds the client ids of the tasks; the connector's name also names the share group
   * @param tasks number of tasks
   * @param subscriptions of the connector
   */
  public SubscriptionAssignment(
      ClientIds clientIds,
      SubscriptionSharing scale,
      int tasks,
      List<SourceSubscription> subscriptions) {
    this.clientIds = clientIds;
    this.group = TopicFilter.SHARE + groupName(clientIds.connector()) + "/";
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

  /** Number of tasks to start. */
  public static int tasks(SubscriptionSharing scale, int subscriptions, int maxTasks) {
    return switch (scale) {
      case NONE -> 1;
      case SHARED -> maxTasks;
      case SPLIT -> Math.max(1, Math.min(maxTasks, subscriptions));
    };
  }

  /** Number of tasks. */
  public int tasks() {
    return tasks;
  }

  /** The client id of a task of this or an earlier configuration. */
  public String clientId(int task) {
    return clientIds.of(task);
  }

  /** The client ids of tasks of this and earlier configurations, the current ones first. */
  public List<String> clientIds() {
    List<String> ids = new ArrayList<>();
    for (int task = 0; task < tasks + MOST_FORMER_TASKS; task++) {
      ids.add(clientId(task));
    }
    return ids;
  }

  /** The subscriptions of a task, with filters as sent to the broker. */
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
    return scale == SubscriptionSharing.SHARED && !filter.startsWith(TopicFilter.SHARE)
        ? group + filter
        : filter;
  }

  /**
   * The new owner of messages.
   *
   * @param filter as sent to the broker
   * @param task the task; empty if every task is subscribed
   */
  record Successor(String filter, OptionalInt task) {}

  /**
   * The new owners of the messages of a filter that a session is subscribed to: that of the same
   * filter, else those of all filters with topics in common. Empty if no subscription has its
   * messages.
   *
   * @param former as sent to the broker
   */
  List<Successor> successors(String former) {
    String plain = former.startsWith(group) ? former.substring(group.length()) : former;
    List<Successor> overlapping = new ArrayList<>();
    for (SourceSubscription one : subscriptions) {
      if (one.filter().equals(former) || one.filter().equals(plain)) {
        return List.of(successor(one));
      }
      if (overlap(one.filter(), former)) {
        overlapping.add(successor(one));
      }
    }
    return overlapping;
  }

  private Successor successor(SourceSubscription subscription) {
    Integer owner = owners.get(subscription.filter());
    return new Successor(
        inBrokersWords(subscription.filter()),
        owner == null ? OptionalInt.empty() : OptionalInt.of(owner));
  }

  private static boolean overlap(String filter, String former) {
    try {
      return TopicFilter.parse(filter).overlaps(TopicFilter.parse(former));
    } catch (LineException e) {
      // No session can be subscribed to an invalid filter, e.g. of an altered offset.
      return false;
    }
  }

  /**
   * The filters that a session may be subscribed to beyond its own.
   *
   * @param task the task of the session, of this or an earlier configuration
   * @param known the stored offset of the session
   */
  List<String> leftovers(int task, Optional<SessionOffset> known) {
    List<String> left = new ArrayList<>();
    if (known.isPresent()) {
      left.addAll(known.get().filters());
    } else {
      for (SourceSubscription one : subscriptions) {
        left.add(one.filter());
        if (!one.filter().startsWith(TopicFilter.SHARE)) {
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
