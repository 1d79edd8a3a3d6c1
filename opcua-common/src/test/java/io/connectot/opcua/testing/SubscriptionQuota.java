// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.Arrays;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;

/**
 * How many subscriptions and items small servers allow. The server does not advertise these limits.
 * Thread-safe.
 */
public final class SubscriptionQuota {
  private volatile int subscriptions = Integer.MAX_VALUE;
  private volatile int itemsPerSubscription = Integer.MAX_VALUE;
  private volatile int items = Integer.MAX_VALUE;

  SubscriptionQuota() {}

  /** The maximum of subscriptions of all sessions. */
  public SubscriptionQuota subscriptions(int value) {
    subscriptions = value;
    return this;
  }

  public SubscriptionQuota itemsPerSubscription(int value) {
    itemsPerSubscription = value;
    return this;
  }

  /** The maximum of items of all subscriptions. */
  public SubscriptionQuota items(int value) {
    items = value;
    return this;
  }

  /**
   * The part of a request that is within the limits.
   *
   * @throws UaException if nothing of it is
   */
  UaRequestMessageType allowed(OpcUaServer server, UaRequestMessageType request)
      throws UaException {
    if (request instanceof CreateSubscriptionRequest
        && server.getSubscriptions().size() >= subscriptions) {
      throw new UaException(StatusCodes.Bad_TooManySubscriptions);
    }
    if (request instanceof CreateMonitoredItemsRequest create) {
      int room = room(server, create.getSubscriptionId());
      if (create.getItemsToCreate().length > room) {
        MonitoredItemCreateRequest[] some = Arrays.copyOf(create.getItemsToCreate(), room);
        return new CreateMonitoredItemsRequest(
            create.getRequestHeader(),
            create.getSubscriptionId(),
            create.getTimestampsToReturn(),
            some);
      }
    }
    return request;
  }

  private int room(OpcUaServer server, UInteger id) {
    int all = 0;
    int own = 0;
    for (Subscription subscription : server.getSubscriptions().values()) {
      int count = subscription.getMonitoredItems().size();
      all += count;
      own += subscription.getId().equals(id) ? count : 0;
    }
    return Math.max(0, Math.min(itemsPerSubscription - own, items - all));
  }

  /** The response to the whole request. */
  static UaResponseMessageType complete(
      UaRequestMessageType request, UaResponseMessageType response) {
    if (!(request instanceof CreateMonitoredItemsRequest create)
        || !(response instanceof CreateMonitoredItemsResponse created)
        || created.getResults().length == create.getItemsToCreate().length) {
      return response;
    }
    MonitoredItemCreateResult[] results =
        Arrays.copyOf(created.getResults(), create.getItemsToCreate().length);
    Arrays.fill(
        results,
        created.getResults().length,
        results.length,
        new MonitoredItemCreateResult(
            new StatusCode(StatusCodes.Bad_TooManyMonitoredItems),
            UInteger.MIN,
            0.0,
            UInteger.MIN,
            null));
    return new CreateMonitoredItemsResponse(
        created.getResponseHeader(), results, new DiagnosticInfo[0]);
  }

  /** Whether nothing of a request is left; Milo refuses such requests. */
  static boolean isEmpty(UaRequestMessageType request) {
    return request instanceof CreateMonitoredItemsRequest create
        && create.getItemsToCreate().length == 0;
  }

  /** The response if nothing of a request is left. */
  static UaResponseMessageType none(UaRequestMessageType request) {
    return complete(
        request,
        new CreateMonitoredItemsResponse(
            TransferFaults.header(request),
            new MonitoredItemCreateResult[0],
            new DiagnosticInfo[0]));
  }
}
