// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.RequestChunks;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the monitored items of one session (OPC UA Part 4 §5.13.2). For one thread. */
final class ItemCreator {
  private static final Logger LOG = LoggerFactory.getLogger(ItemCreator.class);
  private static final String REMEDY =
      "check the user's rights at the server, and the options on the lines of the tags";

  /** Of an item that the server's answer leaves out. */
  private static final MonitoredItemCreateResult NO_RESULT =
      new MonitoredItemCreateResult(
          new StatusCode(StatusCodes.Bad_UnknownResponse), uint(0), 0.0, uint(0), null);

  private final UaSession session;
  private final MonitoredItemFactory factory;
  private final RefusedItems refused;

  /** The nodes for which the server had no room in the current request. */
  private final List<NodeState> noRoom = new ArrayList<>();

  private final RevisedParameters revised;

  private boolean deadbandTold;

  ItemCreator(UaSession session, MonitoredItemFactory factory, RefusedItems refused) {
    this.session = session;
    this.factory = factory;
    this.refused = refused;
    this.revised = new RevisedParameters(session.url(), factory.publishingMillis());
  }

  /**
   * Creates items.
   *
   * @param monitored receives the nodes that the server accepted
   * @return the nodes for which the server has no room
   */
  List<NodeState> create(
      UaSubscription subscription, List<NodeState> states, List<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    noRoom.clear();
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
    revised.takeSampling().ifPresent(text -> LOG.warn("{}", text));
    revised.takeSingleQueue().ifPresent(text -> LOG.warn("{}", text));
    revised.takeShortQueue().ifPresent(text -> LOG.info("{}", text));
    return List.copyOf(noRoom);
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
    MonitoredItemCreateResult[] results;
    try {
      results =
          session
              .await(
                  session
                      .services()
                      .createMonitoredItemsAsync(
                          subscription.id(), TimestampsToReturn.Both, requests))
              .getResults();
    } catch (ProtocolException e) {
      if (ServiceStatus.of(e) != StatusCodes.Bad_TooManyMonitoredItems) {
        throw e;
      }
      createHalves(subscription, items, withDeadband, withoutDeadband, monitored);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      MonitoredItemCreateResult result =
          results == null || i >= results.length ? NO_RESULT : results[i];
      StatusCode status = result.getStatusCode();
      long code = ServiceStatus.code(status);
      if (!status.isBad()) {
        subscription.itemIds().put(item.state(), result.getMonitoredItemId());
        monitored.add(item.state());
        revised.add(
            item.state().device().name(),
            item.state().node().stableId(),
            factory.effective(item.state().node()),
            result.getRevisedSamplingInterval(),
            result.getRevisedQueueSize().longValue());
      } else if (withDeadband && deadbandRefused(item.state(), code)) {
        withoutDeadband.add(item);
      } else {
        subscription.items().remove(item.handle());
        if (code == StatusCodes.Bad_TooManyMonitoredItems) {
          noRoom.add(item.state());
        } else {
          refused.refused(item.state(), ServiceStatus.text(status), REMEDY);
        }
      }
    }
  }

  /** Some servers refuse the whole request if there is no room for all of its items. */
  private void createHalves(
      UaSubscription subscription,
      List<Item> items,
      boolean withDeadband,
      List<Item> withoutDeadband,
      List<NodeState> monitored)
      throws ProtocolException, InterruptedException {
    if (items.size() == 1) {
      subscription.items().remove(items.get(0).handle());
      noRoom.add(items.get(0).state());
      return;
    }
    int half = (items.size() + 1) / 2;
    create(subscription, items.subList(0, half), withDeadband, withoutDeadband, monitored);
    create(
        subscription, items.subList(half, items.size()), withDeadband, withoutDeadband, monitored);
  }

  private boolean deadbandRefused(NodeState state, long code) {
    return factory.effective(state.node()).deadband().isPresent()
        && (code == StatusCodes.Bad_DeadbandFilterInvalid
            || code == StatusCodes.Bad_FilterNotAllowed
            || code == StatusCodes.Bad_MonitoredItemFilterInvalid
            || code == StatusCodes.Bad_MonitoredItemFilterUnsupported);
  }
}
