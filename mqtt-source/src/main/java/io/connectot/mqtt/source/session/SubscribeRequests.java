// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import io.connectot.mqtt.source.subscription.TopicFilter;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes to filters and evaluates the broker's responses. */
final class SubscribeRequests {
  private static final Logger LOG = LoggerFactory.getLogger(SubscribeRequests.class);

  /** The limit of some brokers (AWS IoT Core: 8). */
  private static final int FILTERS_PER_PACKET = 8;

  private static final String WITHOUT_SHARING =
      "set mqtt.scale=split or none and remove $share/<group>/ from filters";

  private SubscribeRequests() {}

  /**
   * The result of subscribing.
   *
   * @param granted the granted filters
   * @param refusals the refused filters, in words for an operator
   */
  record Outcome(List<String> granted, List<String> refusals) {}

  /**
   * Subscribes; blocks until the broker responds.
   *
   * @param again whether this process subscribed in the same session before
   * @return the result
   * @throws ProtocolException when no response arrived, or everything was refused
   */
  static Outcome subscribe(
      MqttTransport transport, List<SourceSubscription> subscriptions, boolean again)
      throws ProtocolException, InterruptedException {
    List<String> granted = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (int from = 0; from < subscriptions.size(); from += FILTERS_PER_PACKET) {
      int to = Math.min(subscriptions.size(), from + FILTERS_PER_PACKET);
      List<SourceSubscription> some = subscriptions.subList(from, to);
      List<SubscribeResult> results = request(transport, some, again);
      for (int i = 0; i < some.size(); i++) {
        judge(some.get(i), results.get(i), granted, refusals);
      }
    }
    if (!refusals.isEmpty() && refusals.size() == subscriptions.size()) {
      throw new ProtocolException(
          Kind.CONFIGURATION,
          Scope.CONNECTION,
          "SUBSCRIPTION_REFUSED",
          "the broker refused every subscription: " + String.join("; ", refusals),
          null);
    }
    return new Outcome(List.copyOf(granted), List.copyOf(refusals));
  }

  /** Brokers close the connection instead of refusing a filter, or have a limit of filters. */
  private static List<SubscribeResult> request(
      MqttTransport transport, List<SourceSubscription> some, boolean again)
      throws ProtocolException, InterruptedException {
    try {
      return transport.subscribe(some.stream().map(wanted -> subscription(wanted, again)).toList());
    } catch (ProtocolException e) {
      String filters =
          some.stream()
              .map(wanted -> "subscriptions." + wanted.name() + " '" + wanted.filter() + "'")
              .collect(Collectors.joining(", "));
      throw new ProtocolException(
          e.kind(),
          e.scope(),
          e.status(),
          e.getMessage()
              + "; it was asked for "
              + filters
              + ": check what the user may subscribe to, and the broker's limits of filters and"
              + " QoS",
          e);
    }
  }

  private static void judge(
      SourceSubscription wanted,
      SubscribeResult result,
      List<String> granted,
      List<String> refusals) {
    if (!result.granted()) {
      String refusal =
          "subscriptions."
              + wanted.name()
              + ": the broker refused '"
              + wanted.filter()
              + "' with "
              + result.reason()
              + "; "
              + remedy(wanted.filter(), result.reason());
      LOG.error("{}", refusal);
      refusals.add(refusal);
      return;
    }
    granted.add(wanted.filter());
    if (result.grantedQos() < result.subscription().qos()) {
      LOG.warn(
          "subscriptions.{}: the broker granted QoS {} instead of {} for '{}'; messages may be"
              + " lost",
          wanted.name(),
          result.grantedQos(),
          result.subscription().qos(),
          wanted.filter());
    }
  }

  private static String remedy(String filter, String reason) {
    boolean shared = filter.startsWith(TopicFilter.SHARE);
    if (reason.equals(ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED.status())) {
      return "the broker has no shared subscriptions: " + WITHOUT_SHARING;
    }
    if (reason.equals(ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED.status())) {
      return "the broker allows no wildcards: subscribe to topics without + and #";
    }
    if (reason.equals(ReasonCode.QUOTA_EXCEEDED.status())) {
      return "raise the broker's limit of subscriptions, or use fewer filters";
    }
    String check = "check the filter and what the user may subscribe to";
    return shared
        ? check + "; if the broker has no shared subscriptions, " + WITHOUT_SHARING
        : check;
  }

  private static Subscription subscription(SourceSubscription wanted, boolean again) {
    return new Subscription(
        wanted.filter(), wanted.qos(), false, false, retainHandling(wanted.retained(), again));
  }

  private static RetainHandling retainHandling(RetainedPolicy policy, boolean again) {
    return switch (policy) {
      // Otherwise every reconnect would deliver them again.
      case TAKE -> again ? RetainHandling.IF_NEW : RetainHandling.ALWAYS;
      case ONLY_NEW -> RetainHandling.IF_NEW;
      case SKIP -> RetainHandling.NEVER;
    };
  }
}
