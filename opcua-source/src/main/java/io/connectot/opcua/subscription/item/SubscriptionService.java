// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaResumeConfig.Resume;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, modifies and deletes the subscriptions of one session (OPC UA Part 4 §5.14): how long
 * they live follows from whether a later session can transfer them. Thread-safe.
 */
public final class SubscriptionService {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionService.class);

  /** The lifetime of subscriptions that are transferred if transfers turn out to work. */
  private static final Duration UNPROVEN_LIFETIME = Duration.ofSeconds(60);

  /**
   * The lifetime of subscriptions that no later session transfers. It only has to outlive late
   * requests: {@link SubscriptionSet#keepAlive} shows the server that they are in use.
   */
  private static final Duration UNTRANSFERABLE_LIFETIME = Duration.ofSeconds(15);

  /** How soon a transferred subscription has to publish something, so that silence shows. */
  private static final Duration PROBING_KEEPALIVE = Duration.ofSeconds(1);

  private static final long DELETE_MILLIS = 500;

  private final UaSession session;
  private final Configuration config;
  private final NodeRegistry registry;

  /** For one session. */
  public SubscriptionService(UaSession session, Configuration config, NodeRegistry registry) {
    this.session = session;
    this.config = config;
    this.registry = registry;
  }

  /** Whether a later session may transfer the subscriptions of this one. */
  public boolean canResume() {
    return config.get(OpcUaResumeConfig.RESUME) == Resume.TRANSFER_THEN_HISTORY
        && registry.attempts().areUseful();
  }

  /** Whether transfers from the server have worked. */
  boolean isKnownToTransfer() {
    return registry.attempts().areKnownToWork();
  }

  /**
   * How long the server keeps a subscription without Publish requests.
   *
   * @param recorded whether a later task finds it
   */
  Duration lifetime(boolean recorded) {
    Duration lifetime = config.get(OpcUaSubscriptionConfig.LIFETIME);
    boolean expected =
        recorded
            && canResume()
            && (registry.attempts().areKnownToWork() || !isAnonymousAndUnsigned());
    Duration leastKeepAlives = config.get(OpcUaSubscriptionConfig.KEEPALIVE).multipliedBy(3);
    Duration unexpected = canResume() ? UNPROVEN_LIFETIME : UNTRANSFERABLE_LIFETIME;
    Duration shortLifetime =
        unexpected.compareTo(leastKeepAlives) < 0 ? leastKeepAlives : unexpected;
    return expected || lifetime.compareTo(shortLifetime) < 0 ? lifetime : shortLifetime;
  }

  /** Whether the specification forbids transfers for the user (OPC UA Part 4 §5.14.7). */
  private boolean isAnonymousAndUnsigned() {
    var client = session.services().getConfig();
    return client.getIdentityProvider() instanceof AnonymousProvider
        && client.getEndpoint().getSecurityMode() == MessageSecurityMode.None;
  }

  /**
   * Creates a subscription.
   *
   * @throws ProtocolException with Bad_TooManySubscriptions if the server allows no further one
   */
  UaSubscription create() throws ProtocolException, InterruptedException {
    double publishing = publishingMillis();
    CreateSubscriptionResponse created =
        session.await(
            session
                .services()
                .createSubscriptionAsync(
                    publishing,
                    lifetimeCount(false),
                    keepAliveCount(false),
                    uint(config.get(OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH)),
                    true,
                    ubyte(0)));
    SubscriptionKey key =
        new SubscriptionKey(
            created.getSubscriptionId().longValue(),
            session.serverStart().utcTime(),
            registry.part());
    double interval = created.getRevisedPublishingInterval();
    long keepAliveMillis = keepAliveMillis(interval, created.getRevisedMaxKeepAliveCount());
    LOG.info(
        "New subscription {} at {}: published every {} ms, kept alive every {} ms, kept {} ms",
        key.id(),
        session.url(),
        interval,
        keepAliveMillis,
        Math.round(interval * created.getRevisedLifetimeCount().longValue()));
    registry.remember(key, 1);
    return new UaSubscription(key, keepAliveMillis, 1);
  }

  /**
   * Sets the parameters of a subscription, which also shows the server that it is in use.
   *
   * @param probing whether the server is to publish something soon
   * @param recorded whether a later task finds it
   * @return how often the server publishes while nothing changes, in milliseconds
   */
  public long modify(UInteger id, boolean probing, boolean recorded)
      throws ProtocolException, InterruptedException {
    try {
      ModifySubscriptionResponse modified =
          session.await(
              session
                  .services()
                  .modifySubscriptionAsync(
                      id,
                      publishingMillis(),
                      lifetimeCount(recorded),
                      keepAliveCount(probing),
                      uint(config.get(OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH)),
                      ubyte(0)));
      return keepAliveMillis(
          modified.getRevisedPublishingInterval(), modified.getRevisedMaxKeepAliveCount());
    } catch (ProtocolException e) {
      if (!ServiceStatus.unsupported(ServiceStatus.of(e))) {
        throw e;
      }
      LOG.debug("{} does not modify subscriptions: {}", session.url(), e.status());
      return Math.round(publishingMillis() * keepAliveCount(false).longValue());
    }
  }

  /** How often the server publishes; as configured if what the server says makes no sense. */
  private long keepAliveMillis(double revisedInterval, UInteger revisedCount) {
    long revised = Math.round(revisedInterval * revisedCount.longValue());
    return revised > 0 ? revised : config.get(OpcUaSubscriptionConfig.KEEPALIVE).toMillis();
  }

  private double publishingMillis() {
    return config.get(OpcUaSubscriptionConfig.PUBLISHING_INTERVAL).toMillis();
  }

  /** How often the server may stay silent: a count of publishing intervals. */
  private UInteger keepAliveCount(boolean probing) {
    Duration keepAlive = config.get(OpcUaSubscriptionConfig.KEEPALIVE);
    Duration wanted =
        probing && keepAlive.compareTo(PROBING_KEEPALIVE) > 0 ? PROBING_KEEPALIVE : keepAlive;
    return uint(Math.max(1, Math.round(wanted.toMillis() / Math.max(1, publishingMillis()))));
  }

  private UInteger lifetimeCount(boolean recorded) {
    long atLeast = 3 * keepAliveCount(false).longValue();
    return uint(Math.max(atLeast, Math.round(lifetime(recorded).toMillis() / publishingMillis())));
  }

  /** Deletes a subscription of this session. */
  public void delete(UaSubscription subscription) throws ProtocolException, InterruptedException {
    registry.giveUp(subscription.key());
    session.await(session.services().deleteSubscriptionsAsync(List.of(subscription.id())));
  }

  /**
   * Deletes what no later session transfers, before the session is closed, and remembers the rest:
   * no stored offset may name it, or an operator may remove the offset that does. Does not throw.
   */
  public void leave(Collection<UaSubscription> subscriptions) {
    boolean resume = canResume();
    List<UInteger> ids = new ArrayList<>();
    for (UaSubscription subscription : subscriptions) {
      if (resume && !registry.isGivenUp(subscription.key())) {
        registry.attempts().memory().leave(subscription.key());
      } else {
        ids.add(subscription.id());
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    try {
      session.services().deleteSubscriptionsAsync(ids).get(DELETE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{} did not delete the subscriptions {}", session.url(), ids, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The error when the server allows no subscription at all. */
  ProtocolException tooMany(ProtocolException cause, List<SubscriptionKey> left) {
    String holder =
        left.isEmpty()
            ? "other clients hold them, or a killed worker of this connector, whose subscriptions"
                + " end within "
                + lifetime(false).toSeconds()
                + " s"
            : "among them is subscription "
                + left.get(0).id()
                + ", which an earlier session of this connector left and no session can transfer";
    return new ProtocolException(
        cause.kind(),
        cause.scope(),
        "0x80770000 Bad_TooManySubscriptions",
        session.url()
            + ": the server allows no further subscription (Bad_TooManySubscriptions); "
            + holder
            + ". The connector tries again until one is free. Raise the limit at the server, close"
            + " other clients, lower tasks.max to share sessions, or set opcua.mode=poll",
        cause);
  }

  /** Whether a failure is about the number of subscriptions. */
  static boolean isTooMany(ProtocolException failure) {
    return ServiceStatus.of(failure) == StatusCodes.Bad_TooManySubscriptions;
  }
}
