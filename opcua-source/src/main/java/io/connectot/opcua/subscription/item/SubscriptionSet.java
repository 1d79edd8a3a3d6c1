// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.RequestChunks;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.subscription.node.Heartbeats;
import io.connectot.opcua.subscription.node.NodeMonitor;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one session and their items. One thread changes them, any thread may look
 * them up.
 */
public final class SubscriptionSet implements NodeMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSet.class);

  private final UaSession session;
  private final Configuration config;
  private final SubscriptionService service;
  private final Heartbeats heartbeats;
  private final ItemCreator items;
  private final RefusedItems refused;
  private final Map<UInteger, UaSubscription> subscriptions = new ConcurrentHashMap<>();

  /** Owned by the thread that changes the set, as all that follows. */
  private final Set<EventMonitor> placed = new HashSet<>();

  /** Subscriptions of earlier sessions that hold places at the server. */
  private final List<SubscriptionKey> left = new ArrayList<>();

  /** The subscriptions that have the lifetime of those that a later task finds. */
  private final Set<UaSubscription> extended = new HashSet<>();

  private long keptAliveNanos = System.nanoTime();

  /** How many items the server takes in a subscription, as far as that has shown. */
  private int allowedPerSubscription = Integer.MAX_VALUE;

  /** The first subscription that was made in this session; null before there is one. */
  private UaSubscription own;

  /**
   * @param refused called with every node that the server rejected
   */
  public SubscriptionSet(
      UaSession session,
      Configuration config,
      SubscriptionService service,
      MonitoredItemFactory factory,
      Heartbeats heartbeats,
      RefusedItems refused) {
    this.session = session;
    this.config = config;
    this.service = service;
    this.heartbeats = heartbeats;
    this.items = new ItemCreator(session, factory, refused);
    this.refused = refused;
  }

  /** The subscription of that number; null for none. */
  public UaSubscription get(UInteger id) {
    return subscriptions.get(id);
  }

  /** All subscriptions. */
  public Collection<UaSubscription> all() {
    return subscriptions.values();
  }

  /** Takes in a subscription that was taken over. */
  public void add(UaSubscription subscription) {
    subscriptions.put(subscription.id(), subscription);
  }

  /** Takes out a subscription. */
  public void remove(UaSubscription subscription) {
    subscriptions.remove(subscription.id());
  }

  /** A subscription of an earlier session is at the server, and no session can transfer it. */
  public void left(SubscriptionKey key) {
    left.add(key);
  }

  /**
   * Takes a transferred subscription into use: the server is to publish something soon, and keeps
   * it for a short time only until it has shown that its transfers work.
   *
   * @return how often the server publishes while nothing changes, in milliseconds
   */
  public long probe(UInteger id) throws ProtocolException, InterruptedException {
    return service.modify(id, true, service.isKnownToTransfer());
  }

  /**
   * Monitors nodes: in the subscriptions that have room, then in new ones. If the server takes
   * fewer items in a subscription than configured, the others get another subscription.
   */
  @Override
  public List<NodeState> monitor(List<NodeState> states)
      throws ProtocolException, InterruptedException {
    List<NodeState> monitored = new ArrayList<>(states.size());
    List<NodeState> rest = states;
    for (UaSubscription subscription : subscriptions.values()) {
      if (!subscription.isRetired()) {
        rest = fill(subscription, rest, monitored);
      }
    }
    while (!rest.isEmpty()) {
      Optional<UaSubscription> next = createIfAllowed();
      List<NodeState> before = rest;
      if (next.isPresent()) {
        rest = fill(next.get(), rest, monitored);
      }
      if (rest.size() == before.size()) {
        next.ifPresent(this::remove);
        if (next.isPresent()) {
          service.delete(next.get());
        }
        refuse(rest, next.isPresent());
        rest = List.of();
      }
    }
    return monitored;
  }

  /**
   * Monitors as many nodes in a subscription as there is room for.
   *
   * @return the nodes that have to go elsewhere
   */
  private List<NodeState> fill(
      UaSubscription subscription, List<NodeState> states, List<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    int most =
        Math.min(
            config.get(OpcUaSubscriptionConfig.ITEMS_PER_SUBSCRIPTION), allowedPerSubscription);
    int room = Math.max(0, Math.min(states.size(), most - subscription.items().size()));
    if (room == 0) {
      return states;
    }
    List<NodeState> elsewhere =
        new ArrayList<>(items.create(subscription, states.subList(0, room), monitored));
    if (!elsewhere.isEmpty() && !subscription.items().isEmpty()) {
      if (subscription.items().size() < allowedPerSubscription) {
        LOG.info(
            "{} allows {} items in subscription {}; the connector uses further subscriptions. Set"
                + " opcua.items.per.subscription to this number to avoid the attempt",
            session.url(),
            subscription.items().size(),
            subscription.key().id());
      }
      allowedPerSubscription = subscription.items().size();
    }
    elsewhere.addAll(states.subList(room, states.size()));
    return elsewhere;
  }

  /** A new subscription; empty if the server allows no further one and there is at least one. */
  private Optional<UaSubscription> createIfAllowed()
      throws ProtocolException, InterruptedException {
    try {
      return Optional.of(create());
    } catch (ProtocolException e) {
      if (!SubscriptionService.isTooMany(e)) {
        throw e;
      }
      if (subscriptions.isEmpty()) {
        throw service.tooMany(e, left);
      }
      return Optional.empty();
    }
  }

  /**
   * The server takes no more items.
   *
   * @param inAll whether the limit is one of all items, not one of subscriptions
   */
  private void refuse(List<NodeState> states, boolean inAll) {
    int there = subscriptions.values().stream().mapToInt(each -> each.items().size()).sum();
    String holder =
        left.isEmpty()
            ? ""
            : "; subscription "
                + left.get(0).id()
                + " of an earlier session holds items until the server deletes it, within "
                + service.lifetime(false).toSeconds()
                + " s";
    String limit =
        inAll
            ? "the server's limit of monitored items is reached with "
                + there
                + " items of this connector"
            : "the server allows "
                + allowedPerSubscription
                + " items in a subscription and no further subscription";
    String remedy =
        limit
            + holder
            + ". Raise the limit at the server, close other clients, select fewer nodes, or set"
            + " opcua.mode=poll";
    states.forEach(
        state ->
            refused.refused(
                state,
                ServiceStatus.text(new StatusCode(StatusCodes.Bad_TooManyMonitoredItems)),
                remedy));
  }

  @Override
  public void remove(Collection<NodeState> states) throws ProtocolException, InterruptedException {
    heartbeats.forget(states);
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
  public void monitor(Collection<EventMonitor> events)
      throws ProtocolException, InterruptedException {
    for (EventMonitor monitor : events) {
      if (!monitor.isEmpty() && placed.add(monitor)) {
        if (own == null) {
          own = createIfAllowed().orElseGet(this::smallest);
        }
        own.hasEvents();
        monitor.monitor(own.key(), Set.of());
      }
    }
  }

  /** Monitors events in a subscription that was taken over and has items of theirs. */
  public void monitor(UaSubscription subscription, EventMonitor monitor, Set<UInteger> present)
      throws ProtocolException, InterruptedException {
    if (placed.add(monitor)) {
      subscription.hasEvents();
      monitor.monitor(subscription.key(), present);
    }
  }

  /** Deletes items by the server's numbers. */
  public void delete(UInteger subscription, List<UInteger> itemIds)
      throws ProtocolException, InterruptedException {
    RequestChunks.send(
        itemIds,
        session.limits().monitor(),
        chunk -> session.await(session.services().deleteMonitoredItemsAsync(subscription, chunk)));
  }

  private UaSubscription create() throws ProtocolException, InterruptedException {
    UaSubscription subscription = service.create();
    subscriptions.put(subscription.id(), subscription);
    own = own == null ? subscription : own;
    return subscription;
  }

  private UaSubscription smallest() {
    return Collections.min(
        subscriptions.values(), Comparator.comparingInt(each -> each.items().size()));
  }

  /**
   * Shows the server that subscriptions with a short lifetime are in use, also while no Publish
   * request is sent because Kafka accepts nothing; and gives those that a later task finds the
   * configured lifetime.
   */
  @Override
  public void keepAlive() throws ProtocolException, InterruptedException {
    long now = System.nanoTime();
    boolean due = now - keptAliveNanos >= service.lifetime(false).toNanos() / 4;
    for (UaSubscription subscription : subscriptions.values()) {
      boolean recorded = subscription.isRecorded();
      boolean extend = recorded && !extended.contains(subscription);
      boolean isShort = service.lifetime(recorded).compareTo(service.lifetime(false)) <= 0;
      if (subscription.transfers() == 0
          && !subscription.isRetired()
          && (extend || (due && isShort))) {
        modify(subscription, recorded);
        if (extend) {
          extended.add(subscription);
        }
      }
    }
    if (due) {
      keptAliveNanos = now;
    }
  }

  /** A server that refuses keeps the subscription as long as before. */
  private void modify(UaSubscription subscription, boolean recorded)
      throws ProtocolException, InterruptedException {
    try {
      service.modify(subscription.id(), false, recorded);
    } catch (ProtocolException e) {
      if (ServiceStatus.endsConnection(ServiceStatus.of(e))) {
        throw e;
      }
      LOG.debug("{} refuses to modify {}", session.url(), subscription.key(), e);
    }
  }
}
