// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.runtime.TaskAssignment;
import io.connectot.core.runtime.TaskShare;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which task subscribes to what, in the broker's words. */
public final class TaskSubscriptions {
  private static final String SHARED = "$share/";

  private TaskSubscriptions() {}

  /** How many tasks have something to do. */
  public static int tasks(Scale scale, int subscriptions, int maxTasks) {
    return switch (scale) {
      case NONE -> 1;
      case SHARED -> maxTasks;
      case SPLIT -> Math.max(1, Math.min(maxTasks, subscriptions));
    };
  }

  /**
   * What a task subscribes to.
   *
   * @param all of the connector
   * @param connector its name, after which the group of shared subscriptions is called
   */
  public static List<SourceSubscription> of(
      List<SourceSubscription> all, Scale scale, TaskShare share, String connector) {
    return switch (scale) {
      case NONE -> all;
      case SHARED -> all.stream().map(one -> shared(one, connector)).toList();
      case SPLIT -> split(all, share);
    };
  }

  private static SourceSubscription shared(SourceSubscription one, String connector) {
    return one.filter().startsWith(SHARED)
        ? one
        : new SourceSubscription(
            one.name(), SHARED + group(connector) + "/" + one.filter(), one.qos(), one.retained());
  }

  /** The name without what the name of a group must not hold (MQTT 5.0 §4.8.2). */
  private static String group(String connector) {
    return connector.replace('/', '_').replace('+', '_').replace('#', '_');
  }

  private static List<SourceSubscription> split(List<SourceSubscription> all, TaskShare share) {
    List<String> filters = all.stream().map(SourceSubscription::filter).toList();
    Map<String, Integer> owners = TaskAssignment.assign(filters, share.count());
    List<SourceSubscription> own = new ArrayList<>();
    for (SourceSubscription one : all) {
      if (owners.get(one.filter()) == share.index()) {
        own.add(one);
      }
    }
    return own;
  }
}
