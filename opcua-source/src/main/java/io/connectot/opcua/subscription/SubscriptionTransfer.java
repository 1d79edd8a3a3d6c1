// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.ServiceStatus;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers subscriptions that an earlier session left at the server, with the values queued in
 * them (OPC UA Part 4 §5.14.7), and finds the nodes that they monitor. For one thread.
 */
final class SubscriptionTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionTransfer.class);

  private final UaSession session;
  private final Configuration config;
  private final MonitoredItemFactory factory;
  private final NodeRegistry registry;
  private final SubscriptionSet subscriptions;
  private final List<EventMonitor> events;

  SubscriptionTransfer(
      UaSession session,
      Configuration config,
      MonitoredItemFactory factory,
      NodeRegistry registry,
      SubscriptionSet subscriptions,
      List<EventMonitor> events) {
    this.session = session;
    this.config = config;
    this.factory = factory;
    this.registry = registry;
    this.subscriptions = subscriptions;
    this.events = List.copyOf(events);
  }

  /**
   * Takes over what it can.
   *
   * @return the nodes that are monitored by what was taken over
   */
  Set<NodeState> run(List<NodeState> states) throws ProtocolException, InterruptedException {
    Set<NodeState> monitored = new HashSet<>();
    Set<SubscriptionKey> left = new HashSet<>();
    states.forEach(state -> left.add(state.lastNotification().subscription()));
    events.forEach(monitor -> left.addAll(monitor.left()));
    Collection<SubscriptionKey> keys =
        registry.subscriptions(left, session.serverStart().utcTime());
    if (keys.isEmpty()) {
      return monitored;
    }
    Map<SubscriptionKey, TransferResult> taken = transfer(List.copyOf(keys));
    Map<Integer, NodeState> byHandle = byHandle(states);
    for (Map.Entry<SubscriptionKey, TransferResult> entry : taken.entrySet()) {
      adopt(entry.getKey(), entry.getValue(), byHandle, monitored);
    }
    return monitored;
  }

  private Map<SubscriptionKey, TransferResult> transfer(List<SubscriptionKey> keys)
      throws ProtocolException, InterruptedException {
    Map<SubscriptionKey, TransferResult> taken = new HashMap<>();
    List<UInteger> ids = keys.stream().map(key -> uint(key.id())).toList();
    TransferResult[] results;
    try {
      results =
          session.await(session.services().transferSubscriptionsAsync(ids, false)).getResults();
    } catch (ProtocolException e) {
      if (!ServiceStatus.unsupported(ServiceStatus.of(e))) {
        throw e;
      }
      refused(ServiceStatus.of(e));
      return taken;
    }
    for (int i = 0; i < results.length; i++) {
      StatusCode status = results[i].getStatusCode();
      if (!status.isBad()) {
        taken.put(keys.get(i), results[i]);
      } else {
        registry.forget(keys.get(i));
        LOG.info(
            "Subscription {} no longer exists at {}: {}",
            keys.get(i).id(),
            session.url(),
            ServiceStatus.text(status));
        if (status.value() == StatusCodes.Bad_UserAccessDenied
            || status.value() == StatusCodes.Bad_InsufficientClientProfile) {
          refused(status.value());
        }
      }
    }
    return taken;
  }

  private void refused(long code) {
    if (!registry.transferRefused()) {
      registry.refuseTransfer();
      LOG.warn(
          "{} does not transfer subscriptions ({}): values that it queued "
              + "while the connector was away are lost, unless they are in its "
              + "history. Servers require the same user as before, and for an "
              + "anonymous user a signed connection; set opcua.auth.username, or "
              + "opcua.security.mode",
          session.url(),
          ServiceStatus.text(new StatusCode(code)));
    }
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
            keepAliveMillis(id),
            registry.expected(key),
            available,
            registry.countTransfer(key));
    Map<UInteger, UInteger> unknown = new HashMap<>();
    items(key, byHandle)
        .forEach(
            (handle, itemId) -> {
              NodeState state = byHandle.get(handle.intValue());
              if (state != null && monitored.add(state)) {
                subscription.items().put(handle, state);
                if (!UInteger.MAX.equals(itemId)) {
                  subscription.itemIds().put(state, itemId);
                }
                state.resumeIn(key, "the connection was lost, or the task was not running");
              } else {
                unknown.put(handle, itemId);
              }
            });
    boolean hasEvents = adoptEvents(subscription, unknown);
    if (subscription.items().isEmpty() && !hasEvents) {
      registry.forget(key);
      session.await(session.services().deleteSubscriptionsAsync(List.of(id)));
      return;
    }
    unknown.values().removeIf(UInteger.MAX::equals);
    subscriptions.delete(id, List.copyOf(unknown.values()));
    subscriptions.add(subscription);
    registry.remember(key, registry.expected(key));
    LOG.info(
        "Transferred subscription {} at {} with {} nodes; {} of its messages " + "are not in Kafka",
        key.id(),
        session.url(),
        subscription.items().size(),
        available.size());
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

  /** How often the subscription is kept alive from now on, as the server revised it. */
  private long keepAliveMillis(UInteger id) throws ProtocolException, InterruptedException {
    double publishing = config.get(OpcUaSubscriptionConfig.PUBLISHING_INTERVAL).toMillis();
    long keepAlive =
        SubscriptionSet.keepAliveCount(config.get(OpcUaSubscriptionConfig.KEEPALIVE), publishing);
    long lifetime =
        Math.max(3 * keepAlive, Math.round(subscriptions.lifetime().toMillis() / publishing));
    ModifySubscriptionResponse modified =
        session.await(
            session
                .services()
                .modifySubscriptionAsync(
                    id,
                    publishing,
                    uint(lifetime),
                    uint(keepAlive),
                    uint(config.get(OpcUaSubscriptionConfig.NOTIFICATIONS_PER_PUBLISH)),
                    ubyte(0)));
    return Math.round(
        modified.getRevisedPublishingInterval()
            * modified.getRevisedMaxKeepAliveCount().longValue());
  }

  /**
   * The items of a subscription: their numbers in notifications, and the server's own, which are
   * {@link UInteger#MAX} if unknown.
   */
  private Map<UInteger, UInteger> items(SubscriptionKey key, Map<Integer, NodeState> byHandle)
      throws ProtocolException, InterruptedException {
    CallMethodRequest request =
        new CallMethodRequest(
            NodeIds.Server,
            NodeIds.Server_GetMonitoredItems,
            new Variant[] {new Variant(uint(key.id()))});
    Map<UInteger, UInteger> items = new HashMap<>();
    try {
      CallMethodResult result =
          session.await(session.services().callAsync(List.of(request))).getResults()[0];
      if (!result.getStatusCode().isBad()
          && result.getOutputArguments().length == 2
          && result.getOutputArguments()[0].value() instanceof UInteger[] itemIds
          && result.getOutputArguments()[1].value() instanceof UInteger[] handles) {
        for (int i = 0; i < handles.length; i++) {
          items.put(handles[i], itemIds[i]);
        }
        return items;
      }
    } catch (ProtocolException e) {
      if (!ServiceStatus.unsupported(ServiceStatus.of(e))) {
        throw e;
      }
    }
    // What delivered something is known to be there; the rest is monitored anew.
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
