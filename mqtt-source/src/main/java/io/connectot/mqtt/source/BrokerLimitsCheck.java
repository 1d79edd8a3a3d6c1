// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import io.connectot.core.config.ConfigError;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.source.session.SessionConfig;
import io.connectot.mqtt.source.session.SubscriptionSharing;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.TopicFilter;
import io.connectot.mqtt.transport.ConnectResult.ServerLimits;
import java.util.ArrayList;
import java.util.List;

/** Finds what the configuration asks for and a broker of MQTT 5 says that it does not have. */
final class BrokerLimitsCheck {
  private BrokerLimitsCheck() {}

  static List<ConfigError> problems(
      MqttSourceConfig config, BrokerAddress broker, ServerLimits limits) {
    List<ConfigError> problems = new ArrayList<>();
    boolean shares = config.keys().get(SessionConfig.SCALE) == SubscriptionSharing.SHARED;
    if (shares && !limits.sharedAvailable()) {
      problems.add(
          new ConfigError(
              SessionConfig.SCALE,
              broker + " has no shared subscriptions; set it to split or none"));
    }
    for (SourceSubscription subscription : config.subscriptions()) {
      String filter = subscription.filter();
      if (!limits.sharedAvailable() && filter.startsWith(TopicFilter.SHARE)) {
        problems.add(
            config.error(
                subscription,
                broker + " has no shared subscriptions; remove $share/<group>/ from it"));
      }
      if (!limits.wildcardsAvailable() && (filter.contains("+") || filter.contains("#"))) {
        problems.add(
            config.error(subscription, broker + " allows no wildcards; subscribe without + and #"));
      }
    }
    return problems;
  }
}
