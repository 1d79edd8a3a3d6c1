// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.RequestChunks;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.resume.TransferAttempts;
import io.connectot.opcua.subscription.item.MonitoredItemFactory;
import io.connectot.opcua.subscription.item.SubscriptionSet;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers subscriptions that an earlier session left at the server, with the values queued in
 * them (OPC UA Part 4 §5.14.7), and finds the nodes that they monitor. For one thread.
 */
final class SubscriptionTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionTransfer.class);

  private static final String AWAY = "the connection was lost, or the task was not running";

  private final UaSession session;
  private final MonitoredItemFactory factory;
  private final NodeRegistry registry;
  private final SubscriptionSet subscriptions;
  private final List<EventMonitor> events;

  SubscriptionTransfer(
      UaSession session,
      MonitoredItemFactory factory,
      NodeRegistry registry,
      SubscriptionSet subscriptions,
      List<EventMonitor> events) {
    this.session = session;
    this.factory = factory;
    this.registry = registry;
    this.subscriptions = subscriptions;
    this.events = List.copyOf(events);
  }

  /**
   * Takes over what it can. If the session may not request a transfer, what an earlier one left
   * stays where it is.
   *
   * @return the nodes that are monitored by what was taken over
   */
  Set<NodeState> run(List<NodeState> states) throws ProtocolException, InterruptedException {
    Set<NodeState> monitored = new HashSet<>();
    Collection<SubscriptionKey> keys = keys(states);
    if (!registry.attempts().mayRequest()) {
      keys.forEach(
          key -> {
            subscriptions.left(key);
            // For a later session, or a later task.
            registry.attempts().memory().leave(key);
          });
      return monitored;
    }
    if (keys.isEmpty()) {
      return monitored;
    }
    Map<SubscriptionKey, TransferResult> taken = transfer(List.copyOf(keys));
    Map<Integer, NodeState> byHandle = byHandle(states);
    for (Map.Entry<SubscriptionKey, TransferResult> entry : taken.entrySet()) {
      try {
        adopt(entry.getKey(), entry.getValue(), taken.keySet(), byHandle, monitored);
      } catch (ProtocolException e) {
        if (ServiceStatus.endsConnection(ServiceStatus.of(e))) {
          throw e;
        }
        fruitless(entry.getKey(), e);
      }
    }
    return monitored;
  }

  /** The subscriptions that may still be at the server. */
  private Collection<SubscriptionKey> keys(List<NodeState> states) {
    Set<SubscriptionKey> left = new HashSet<>();
    states.forEach(state -> left.add(state.lastNotification().subscription()));
    events.forEach(monitor -> left.addAll(monitor.left()));
    return registry.subscriptions(left, session.serverStart().utcTime());
  }

  /** The server does not have a subscription in this session that it says it transferred. */
  private void fruitless(SubscriptionKey key, ProtocolException failure) {
    registry.giveUp(key);
    registry
        .attempts()
        .failed(
            "it reports subscription "
                + key.id()
                + " as transferred and then answers "
                + failure.status());
  }

  private Map<SubscriptionKey, TransferResult> transfer(List<SubscriptionKey> keys)
      throws ProtocolException, InterruptedException {
    TransferAttempts attempts = registry.attempts();
    // In the order of the keys: of a node in two of them, the first one is used.
    Map<SubscriptionKey, TransferResult> taken = new LinkedHashMap<>();
    attempts.requested();
    try {
      RequestChunks.send(keys, keys.size(), chunk -> transfer(chunk, taken));
    } catch (ProtocolException e) {
      if (ServiceStatus.endsConnection(ServiceStatus.of(e))) {
        throw e;
      }
      keys.stream()
          .filter(key -> !taken.containsKey(key))
          .forEach(
              key -> {
                registry.giveUp(key);
                subscriptions.left(key);
              });
      attempts.failed(objection(new StatusCode(ServiceStatus.of(e))));
      return taken;
    }
    if (taken.isEmpty()) {
      attempts.nothing();
    } else {
      attempts.accepted();
    }
    return taken;
  }

  private void transfer(List<SubscriptionKey> keys, Map<SubscriptionKey, TransferResult> taken)
      throws ProtocolException, InterruptedException {
    List<UInteger> ids = keys.stream().map(key -> uint(key.id())).toList();
    TransferResult[] results =
        session.await(session.services().transferSubscriptionsAsync(ids, false)).getResults();
    for (int i = 0; i < keys.size(); i++) {
      StatusCode status =
          results == null || i >= results.length
              ? new StatusCode(StatusCodes.Bad_UnexpectedError)
              : results[i].getStatusCode();
      if (!status.isBad()) {
        taken.put(keys.get(i), results[i]);
        continue;
      }
      registry.giveUp(keys.get(i));
      LOG.info(
          "Subscription {} no longer exists at {}: {}",
          keys.get(i).id(),
          session.url(),
          ServiceStatus.text(status));
      long code = ServiceStatus.code(status);
      if (code != StatusCodes.Bad_SubscriptionIdInvalid) {
        subscriptions.left(keys.get(i));
      }
      if (code == StatusCodes.Bad_UserAccessDenied
          || code == StatusCodes.Bad_InsufficientClientProfile) {
        registry.attempts().failed(objection(status));
      }
    }
  }

  private static String objection(StatusCode status) {
    return ServiceStatus.text(status)
        + ". Servers require the same user as before, and for an anonymous user a signed"
        + " connection; set opcua.auth.username, or opcua.security.mode";
  }

  /** Without those whose handles are not unique. */
  private Map<Integer, NodeState> byHandle(List<NodeState> states) {
    Map<Integer, NodeState> byHandle = new HashMap<>();
    Set<Integer> ambiguous = new HashSet<>();
    for (NodeState state : states) {
      int handle = factory.handle(state.node());
      if (byHandle.put(handle, state) != null) {
        ambiguous.add(handle);
      }
    }
    byHandle.keySet().removeAll(ambiguous);
    return byHandle;
  }

  private void adopt(
      SubscriptionKey key,
      TransferResult result,
      Set<SubscriptionKey> taken,
      Map<Integer, NodeState> byHandle,
      Set<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    UInteger id = uint(key.id());
    List<Long> available = new ArrayList<>();
    if (result.getAvailableSequenceNumbers() != null) {
      Arrays.stream(result.getAvailableSequenceNumbers())
          .map(UInteger::longValue)
          .forEach(available::add);
      available.sort(UaSubscription::distance);
    }
    UaSubscription subscription =
        UaSubscription.taken(
            key,
            subscriptions.probe(id),
            registry.expected(key),
            newestInKafka(key, byHandle.values()),
            available,
            registry.countTransfer(key));
    Map<UInteger, UInteger> known = known(key, byHandle);
    // Some servers list none though there are some.
    Optional<Map<UInteger, UInteger>> listed =
        listItems(key).filter(items -> !items.isEmpty() || known.isEmpty());
    Map<UInteger, UInteger> present = listed.orElse(known);
    if (listed.isEmpty() && mayHaveMore(byHandle.values(), taken)) {
      monitored.addAll(retire(subscription, present, byHandle));
      return;
    }
    Map<UInteger, UInteger> unknown = new HashMap<>();
    present.forEach(
        (handle, itemId) -> {
          NodeState state = byHandle.get(handle.intValue());
          if (state != null && monitored.add(state)) {
            subscription.items().put(handle, state);
            if (!UInteger.MAX.equals(itemId)) {
              subscription.itemIds().put(state, itemId);
            }
            state.resumeIn(key, AWAY);
          } else {
            unknown.put(handle, itemId);
          }
        });
    boolean hasEvents = adoptEvents(subscription, unknown);
    if (subscription.items().isEmpty() && !hasEvents) {
      registry.giveUp(key);
      session.await(session.services().deleteSubscriptionsAsync(List.of(id)));
      return;
    }
    unknown.values().removeIf(UInteger.MAX::equals);
    subscriptions.delete(id, List.copyOf(unknown.values()));
    subscriptions.add(subscription);
    registry.remember(key, registry.expected(key));
    LOG.info(
        "Transferred subscription {} at {} with {} nodes; {} of its messages are not acknowledged",
        key.id(),
        session.url(),
        subscription.items().size(),
        available.size());
  }

  /** The newest message of a subscription that a stored offset names; 0 for none. */
  private static long newestInKafka(SubscriptionKey key, Collection<NodeState> states) {
    long newest = 0;
    for (NodeState state : states) {
      NotificationPosition position = state.lastNotification();
      if (key.equals(position.subscription())
          && (newest == 0 || UaSubscription.distance(position.sequence(), newest) > 0)) {
        newest = position.sequence();
      }
    }
    return newest;
  }

  /**
   * Uses a subscription for the messages that are not in Kafka only: it is not known what else it
   * monitors, so its nodes are monitored anew afterwards.
   */
  private Set<NodeState> retire(
      UaSubscription subscription,
      Map<UInteger, UInteger> present,
      Map<Integer, NodeState> byHandle) {
    Set<NodeState> states = new HashSet<>();
    present
        .keySet()
        .forEach(
            handle -> {
              NodeState state = byHandle.get(handle.intValue());
              if (state != null) {
                subscription.items().put(handle, state);
                state.resumeIn(subscription.key(), AWAY);
                states.add(state);
              }
            });
    subscription.retire();
    subscriptions.add(subscription);
    LOG.info(
        "{} does not list the items of subscription {}; creating a new one after its {} messages",
        session.url(),
        subscription.key().id(),
        subscription.available().size());
    return states;
  }

  /**
   * Whether there may be items beside those that delivered something: an item of a node whose value
   * was in Kafka already has delivered nothing.
   */
  private static boolean mayHaveMore(Collection<NodeState> states, Set<SubscriptionKey> taken) {
    return states.stream()
        .anyMatch(
            state -> state.hasOffset() && !taken.contains(state.lastNotification().subscription()));
  }

  /**
   * Goes on with the event items of a subscription.
   *
   * @param unknown the items that are no node's, by client handle; those that are of use are taken
   *     out
   * @return whether there are any
   */
  private boolean adoptEvents(UaSubscription subscription, Map<UInteger, UInteger> unknown)
      throws ProtocolException, InterruptedException {
    boolean any = false;
    for (EventMonitor monitor : events) {
      Set<UInteger> present = new HashSet<>(unknown.keySet());
      present.removeIf(handle -> !monitor.wants(handle));
      if (!present.isEmpty()) {
        subscriptions.monitor(subscription, monitor, present);
      }
      any |= unknown.keySet().removeIf(handle -> monitor.has(subscription.key(), handle));
    }
    return any;
  }

  /**
   * The items of a subscription by their numbers in notifications, with the server's own numbers;
   * empty if the server does not list them.
   */
  private Optional<Map<UInteger, UInteger>> listItems(SubscriptionKey key)
      throws ProtocolException, InterruptedException {
    CallMethodRequest request =
        new CallMethodRequest(
            NodeIds.Server,
            NodeIds.Server_GetMonitoredItems,
            new Variant[] {new Variant(uint(key.id()))});
    try {
      CallMethodResult[] results =
          session.await(session.services().callAsync(List.of(request))).getResults();
      return results == null || results.length == 0 || results[0].getStatusCode().isBad()
          ? Optional.empty()
          : items(results[0].getOutputArguments());
    } catch (ProtocolException e) {
      if (ServiceStatus.endsConnection(ServiceStatus.of(e))) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The items in an answer; empty if it is not one. */
  private static Optional<Map<UInteger, UInteger>> items(Variant[] outputs) {
    if (outputs == null
        || outputs.length != 2
        || !(outputs[0].value() instanceof UInteger[] itemIds)
        || !(outputs[1].value() instanceof UInteger[] handles)
        || itemIds.length != handles.length) {
      return Optional.empty();
    }
    Map<UInteger, UInteger> items = new HashMap<>();
    for (int i = 0; i < handles.length; i++) {
      items.put(handles[i], itemIds[i]);
    }
    return Optional.of(items);
  }

  /** The items that delivered something; the server's own numbers are {@link UInteger#MAX}. */
  private Map<UInteger, UInteger> known(SubscriptionKey key, Map<Integer, NodeState> byHandle) {
    Map<UInteger, UInteger> items = new HashMap<>();
    byHandle.forEach(
        (handle, state) -> {
          if (key.equals(state.lastNotification().subscription())) {
            items.put(uint(handle & 0xFFFFFFFFL), UInteger.MAX);
          }
        });
    for (EventMonitor monitor : events) {
      monitor.known(key).forEach(handle -> items.put(handle, UInteger.MAX));
    }
    return items;
  }
}
