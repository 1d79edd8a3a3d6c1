// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;

/**
 * What goes wrong on purpose, and a count of what was asked for. Survives restarts of the server.
 * Thread-safe.
 */
public final class Faults {
  private record Failure(long status, AtomicInteger times) {}

  private final Map<Service, Integer> most = new ConcurrentHashMap<>();
  private final Map<Service, Failure> failures = new ConcurrentHashMap<>();
  private final Map<Service, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Map<Service, AtomicInteger> largest = new ConcurrentHashMap<>();
  private final Set<Service> silent = ConcurrentHashMap.newKeySet();
  private final List<MonitoredItemCreateRequest> itemsAskedFor = new CopyOnWriteArrayList<>();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lostMessages = new AtomicInteger();
  private final AtomicInteger lostValues = new AtomicInteger();
  private volatile int mostPublishRequests = Integer.MAX_VALUE;

  /** The Publish requests without a response, by session. */
  private final Map<NodeId, AtomicInteger> publishing = new ConcurrentHashMap<>();

  private final PlantLimits limits;

  Faults(PlantLimits limits) {
    this.limits = limits;
  }

  /** Answers Bad_TooManyOperations to larger requests, whatever is advertised. */
  public void enforce(Service service, int operations) {
    most.put(service, operations);
  }

  /** Answers the next requests with a service fault. */
  public void fail(Service service, int times, long status) {
    failures.put(service, new Failure(status, new AtomicInteger(times)));
  }

  /** Does not answer requests of a service any more. */
  public void silence(Service service) {
    silent.add(service);
  }

  /**
   * Answers Bad_Timeout to publish requests instead of the next messages with values, which the
   * server keeps until they are acknowledged.
   */
  public void loseMessages(int times) {
    toLose.set(times);
  }

  /** Answers Bad_TooManyPublishRequests to more Publish requests of a session at a time. */
  public void publishRequests(int value) {
    mostPublishRequests = value;
  }

  /** How many messages with values or events were lost. */
  public int lostMessages() {
    return lostMessages.get();
  }

  /** How many values and events were in the messages that were lost. */
  public int lostValues() {
    return lostValues.get();
  }

  /** What was asked to be monitored by the requests so far, refused ones left out. */
  public List<MonitoredItemCreateRequest> itemsAskedFor() {
    return List.copyOf(itemsAskedFor);
  }

  /** Lets everything pass again. */
  public void clear() {
    most.clear();
    silent.clear();
    toLose.set(0);
    failures.clear();
  }

  /** How many requests of a service came, failed ones included. */
  public int requests(Service service) {
    AtomicInteger count = requests.get(service);
    return count == null ? 0 : count.get();
  }

  /** The most operations that one request of a service had, refused ones left out. */
  public int largest(Service service) {
    AtomicInteger count = largest.get(service);
    return count == null ? 0 : count.get();
  }

  void before(Service service, UaRequestMessageType request) throws UaException {
    requests.computeIfAbsent(service, key -> new AtomicInteger()).incrementAndGet();
    Failure failure = failures.get(service);
    if (failure != null && failure.times.getAndDecrement() > 0) {
      throw new UaException(failure.status);
    }
    if (service == Service.SUBSCRIPTION_PUBLISH && publishing(request) > mostPublishRequests) {
      published(service, request);
      throw new UaException(StatusCodes.Bad_TooManyPublishRequests);
    }
    int operations = operations(request);
    if (operations > most(service)) {
      throw new UaException(StatusCodes.Bad_TooManyOperations);
    }
    largest
        .computeIfAbsent(service, key -> new AtomicInteger())
        .accumulateAndGet(operations, Math::max);
    if (request instanceof CreateMonitoredItemsRequest create) {
      itemsAskedFor.addAll(List.of(create.getItemsToCreate()));
    }
  }

  private int publishing(UaRequestMessageType request) {
    return publishing
        .computeIfAbsent(
            request.getRequestHeader().getAuthenticationToken(), key -> new AtomicInteger())
        .incrementAndGet();
  }

  /** A request is answered. */
  void published(Service service, UaRequestMessageType request) {
    AtomicInteger count = publishing.get(request.getRequestHeader().getAuthenticationToken());
    if (service == Service.SUBSCRIPTION_PUBLISH && count != null) {
      count.decrementAndGet();
    }
  }

  boolean isSilent(Service service) {
    return silent.contains(service);
  }

  /** Lets an answer pass, or fails instead. */
  UaResponseMessageType after(UaResponseMessageType response) throws UaException {
    if (response instanceof PublishResponse publish) {
      int values = values(publish.getNotificationMessage().getNotificationData());
      if (values > 0 && toLose.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
        lostMessages.incrementAndGet();
        lostValues.addAndGet(values);
        throw new UaException(StatusCodes.Bad_Timeout);
      }
    }
    return response;
  }

  private static int values(ExtensionObject[] notifications) {
    int values = 0;
    for (ExtensionObject data : notifications == null ? new ExtensionObject[0] : notifications) {
      UaStructuredType decoded = data.decode(DefaultEncodingContext.INSTANCE);
      if (decoded instanceof DataChangeNotification change) {
        values += length(change.getMonitoredItems());
      } else if (decoded instanceof EventNotificationList list) {
        values += length(list.getEvents());
      }
    }
    return values;
  }

  private int most(Service service) {
    Integer enforced = most.get(service);
    if (enforced != null) {
      return enforced;
    }
    // The others are enforced by Milo.
    int advertised =
        switch (service) {
          case MONITORED_ITEM_CREATE_MONITORED_ITEMS,
              MONITORED_ITEM_MODIFY_MONITORED_ITEMS,
              MONITORED_ITEM_DELETE_MONITORED_ITEMS ->
              limits.monitor();
          case ATTRIBUTE_HISTORY_READ -> limits.historyRead();
          default -> 0;
        };
    return advertised == 0 ? Integer.MAX_VALUE : advertised;
  }

  private static int operations(UaRequestMessageType request) {
    if (request instanceof ReadRequest read) {
      return length(read.getNodesToRead());
    } else if (request instanceof BrowseRequest browse) {
      return length(browse.getNodesToBrowse());
    } else if (request instanceof BrowseNextRequest next) {
      return length(next.getContinuationPoints());
    } else if (request instanceof TranslateBrowsePathsToNodeIdsRequest translate) {
      return length(translate.getBrowsePaths());
    } else if (request instanceof CreateMonitoredItemsRequest create) {
      return length(create.getItemsToCreate());
    } else if (request instanceof ModifyMonitoredItemsRequest modify) {
      return length(modify.getItemsToModify());
    } else if (request instanceof DeleteMonitoredItemsRequest delete) {
      return length(delete.getMonitoredItemIds());
    } else if (request instanceof HistoryReadRequest history) {
      return length(history.getNodesToRead());
    } else if (request instanceof CallRequest call) {
      return length(call.getMethodsToCall());
    }
    return 1;
  }

  private static int length(Object[] array) {
    return array == null ? 0 : array.length;
  }
}
