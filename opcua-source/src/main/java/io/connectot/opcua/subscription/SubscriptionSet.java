// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.RequestChunks;
import io.connectot.opcua.client.ServiceStatus;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one session and their items. One thread changes them, any thread may look
 * them up.
 */
final class SubscriptionSet implements NodeMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSet.class);

  /** Of subscriptions that cannot be transferred. */
  private static final Duration SHORT_LIFETIME = Duration.ofSeconds(60);

  private final UaSession session;
  private final Configuration config;
  private final MonitoredItemFactory factory;
  private final NodeRegistry registry;
  private final BiConsumer<NodeState, String> refused;
  private final Map<UInteger, UaSubscription> subscriptions = new ConcurrentHashMap<>();

  /** Owned by the thread that changes the set. */
  private boolean deadbandTold;

  private boolean queueTold;

  private final Set<EventMonitor> placed = new HashSet<>();

  /** The first subscription that was made in this session; null before there is one. */
  private UaSubscription own;

  /**
   * @param refused called with every node that the server rejected, and its status
   */
  SubscriptionSet(
      UaSession session,
      Configuration config,
      MonitoredItemFactory factory,
      NodeRegistry registry,
      BiConsumer<NodeState, String> refused) {
    this.session = session;
    this.config = config;
    this.factory = factory;
    this.registry = registry;
    this.refused = refused;
  }

  /** The subscription of that number; null for none. */
  UaSubscription get(UInteger id) {
    return subscriptions.get(id);
  }

  Collection<UaSubscription> all() {
    return subscriptions.values();
  }

  /** Takes in a subscription that was taken over. */
  void add(UaSubscription subscription) {
    subscriptions.put(subscription.id(), subscription);
  }

  /** Monitors nodes: in the subscriptions that have room, then in new ones. */
  @Override
  public List<NodeState> monitor(List<NodeState> states)
      throws ProtocolException, InterruptedException {
    List<NodeState> monitored = new ArrayList<>(states.size());
    int from = 0;
    for (UaSubscription subscription : subscriptions.values()) {
      int room =
          config.get(OpcUaSubscriptionConfig.ITEMS_PER_SUBSCRIPTION) - subscription.items().size();
      int to = Math.min(states.size(), from + Math.max(0, room));
      monitor(subscription, states.subList(from, to), monitored);
      from = to;
    }
    while (from < states.size()) {
      int to =
          Math.min(
              states.size(), from + config.get(OpcUaSubscriptionConfig.ITEMS_PER_SUBSCRIPTION));
      monitor(create(), states.subList(from, to), monitored);
      from = to;
    }
    return monitored;
  }

  @Override
  public void remove(Collection<NodeState> states) throws ProtocolException, InterruptedException {
    for (UaSubscription subscription : subscriptions.values()) {
      List<UInteger> ids = new ArrayList<>();
      for (NodeState state : states) {
        UInteger id = subscription.itemIds().remove(state);
        if (id != null) {
          ids.add(id);
        }
      }
      subscription.items().values().removeAll(states);
      delete(subscription.id(), ids);
    }
  }

  /**
   * Monitors events, where they are not monitored yet, in a subscription that was made in this
   * session: of one that was taken over it may not be known what is in it.
   */
  void monitor(Collection<EventMonitor> events) throws ProtocolException, InterruptedException {
    for (EventMonitor monitor : events) {
      if (!monitor.isEmpty() && placed.add(monitor)) {
        if (own == null) {
          own = create();
        }
        monitor.monitor(own.key(), Set.of());
      }
    }
  }

  /** Monitors events in a subscription that was taken over and has items of theirs. */
  void monitor(UaSubscription subscription, EventMonitor monitor, Set<UInteger> present)
      throws ProtocolException, InterruptedException {
    if (placed.add(monitor)) {
      monitor.monitor(subscription.key(), present);
    }
  }

  /** Deletes items by the server's numbers. */
  void delete(UInteger subscription, List<UInteger> itemIds)
      throws ProtocolException, InterruptedException {
    RequestChunks.send(
        itemIds,
        session.limits().monitor(),
        chunk -> session.await(session.services().deleteMonitoredItemsAsync(subscription, chunk)));
  }

  /** How often the server may stay silent: a count of publishing intervals. */
  static long keepAliveCount(Duration keepAlive, double publishingMillis) {
    return Math.max(1, Math.round(keepAlive.toMillis() / Math.max(1, publishingMillis)));
  }

  /** How long the server keeps the subscription without being asked. */
  Duration lifetime() {
    return registry.transferRefused()
            && config.get(OpcUaSubscriptionConfig.LIFETIME).compareTo(SHORT_LIFETIME) > 0
        ? SHORT_LIFETIME
        : config.get(OpcUaSubscriptionConfig.LIFETIME);
  }

  private UaSubscription create() throws ProtocolException, InterruptedException {
    double publishing = config.get(OpcUaSubscriptionConfig.PUBLISHING_INTERVAL).toMillis();
    long keepAlive = keepAliveCount(config.get(OpcUaSubscriptionConfig.KEEPALIVE), publishing);
    long lifetime = Math.max(3 * keepAlive, Math.round(lifetime().toMillis() / publishing));
    CreateSubscriptionResponse created =
        session.await(
            session
                .services()
                .createSubscriptionAsync(
                    publishing,
                    uint(lifetime),
                    uint(keepAlive),
                    uint(config.get(OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH)),
                    true,
                    ubyte(0)));
    SubscriptionKey key =
        new SubscriptionKey(
            created.getSubscriptionId().longValue(),
            session.serverStart().utcTime(),
            registry.part());
    double interval = created.getRevisedPublishingInterval();
    long keepAliveMillis = Math.round(interval * created.getRevisedMaxKeepAliveCount().longValue());
    LOG.info(
        "New subscription {} at {}: published every {} ms, kept alive every {} ms, kept {} ms",
        key.id(),
        session.url(),
        interval,
        keepAliveMillis,
        Math.round(interval * created.getRevisedLifetimeCount().longValue()));
    UaSubscription subscription = new UaSubscription(key, keepAliveMillis, 1);
    subscriptions.put(subscription.id(), subscription);
    registry.remember(key, 1);
    own = own == null ? subscription : own;
    return subscription;
  }

  private void monitor(
      UaSubscription subscription, List<NodeState> states, List<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    List<Item> items = new ArrayList<>(states.size());
    for (NodeState state : states) {
      items.add(new Item(state, register(subscription, state)));
    }
    List<Item> withoutDeadband = new ArrayList<>();
    RequestChunks.send(
        items,
        session.limits().monitor(),
        chunk -> create(subscription, chunk, true, withoutDeadband, monitored));
    if (!withoutDeadband.isEmpty()) {
      if (!deadbandTold) {
        deadbandTold = true;
        LOG.warn(
            "Device '{}' at {} does not support the deadband of {} nodes, such "
                + "as {}; they are monitored without. Remove opcua.deadband, or "
                + "deadband from the lines of these tags; with report=changes the "
                + "connector applies the key deadband",
            withoutDeadband.get(0).state().device().name(),
            session.url(),
            withoutDeadband.size(),
            withoutDeadband.get(0).state().node().stableId());
      }
      RequestChunks.send(
          withoutDeadband,
          session.limits().monitor(),
          chunk -> create(subscription, chunk, false, List.of(), monitored));
    }
  }

  /** A node and its number in notifications. */
  private record Item(NodeState state, UInteger handle) {}

  /** Before the item is there, for its first value may come before the answer does. */
  private UInteger register(UaSubscription subscription, NodeState state) {
    int handle = factory.handle(state.node());
    while (subscription.items().putIfAbsent(uint(handle & 0xFFFFFFFFL), state) != null) {
      handle++;
    }
    return uint(handle & 0xFFFFFFFFL);
  }

  private void create(
      UaSubscription subscription,
      List<Item> items,
      boolean withDeadband,
      List<Item> withoutDeadband,
      List<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    List<MonitoredItemCreateRequest> requests = new ArrayList<>(items.size());
    for (Item item : items) {
      requests.add(
          factory.request(
              item.state().node(),
              item.handle(),
              withDeadband,
              session.services().getStaticEncodingContext()));
    }
    MonitoredItemCreateResult[] results =
        session
            .await(
                session
                    .services()
                    .createMonitoredItemsAsync(
                        subscription.id(), TimestampsToReturn.Both, requests))
            .getResults();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      MonitoredItemCreateResult result = results[i];
      StatusCode status = result.getStatusCode();
      if (!status.isBad()) {
        subscription.itemIds().put(item.state(), result.getMonitoredItemId());
        monitored.add(item.state());
        tellOfQueue(item.state(), result.getRevisedQueueSize().longValue());
      } else if (withDeadband && deadbandRefused(item.state(), status.value())) {
        withoutDeadband.add(item);
      } else {
        subscription.items().remove(item.handle());
        refused.accept(item.state(), ServiceStatus.text(status));
      }
    }
  }

  private boolean deadbandRefused(NodeState state, long code) {
    return factory.effective(state.node()).deadband().isPresent()
        && (code == StatusCodes.Bad_DeadbandFilterInvalid
            || code == StatusCodes.Bad_FilterNotAllowed
            || code == StatusCodes.Bad_MonitoredItemFilterInvalid
            || code == StatusCodes.Bad_MonitoredItemFilterUnsupported);
  }

  private void tellOfQueue(NodeState state, long revised) {
    int asked = factory.effective(state.node()).queue();
    if (revised < asked && !queueTold) {
      queueTold = true;
      LOG.info(
          "Device '{}' at {} queues {} values of {} instead of {}: further "
              + "values are lost while the connector is away, unless the node has a "
              + "history. Raise the limit at the server, lower opcua.queue.size, or "
              + "sample less often with opcua.sampling.interval.ms",
          state.device().name(),
          session.url(),
          revised,
          state.node().stableId(),
          asked);
    }
  }
}
