// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsResponse;

/** How servers in the field get transfers of subscriptions wrong. Thread-safe. */
public final class TransferFaults {
  /** What the server does when it is asked for a transfer. */
  public enum Behaviour {
    /** It transfers. */
    NORMAL,
    /** It answers that it transferred, and then sends nothing. */
    SILENT,
    /** It answers that it transferred, and does not know the subscription in the new session. */
    UNKNOWN_AFTERWARDS,
    /** It transfers, and repeats the status change for the old session in the new one. */
    REPEATS_STATUS_CHANGE,
    /** The connection ends instead of an answer, and comes back. */
    DROPS_CONNECTION,
    /** It transfers, and the connection ends at the next Publish request, and comes back. */
    DROPS_CONNECTION_AFTERWARDS,
    /** The process ends, and is started again. */
    DIES
  }

  private volatile Behaviour behaviour = Behaviour.NORMAL;

  /** What the server does instead of an answer. */
  private final Runnable drop;

  private final Runnable die;

  /** The sequence number of the newest message with values, by subscription. */
  private final Map<UInteger, UInteger> newest = new ConcurrentHashMap<>();

  /** The sequence number under which the status change is repeated, by subscription. */
  private final Map<UInteger, UInteger> repeated = new ConcurrentHashMap<>();

  /** Subscriptions that the server says it transferred. */
  private final Set<UInteger> pretended = ConcurrentHashMap.newKeySet();

  /** The sessions whose connection ends at the next Publish request. */
  private final Set<NodeId> toDrop = ConcurrentHashMap.newKeySet();

  /** Those whose connection has ended like that. */
  private final Set<NodeId> dropped = ConcurrentHashMap.newKeySet();

  private final AtomicInteger asked = new AtomicInteger();

  TransferFaults(Runnable drop, Runnable die) {
    this.drop = drop;
    this.die = die;
  }

  /** Sets what the server does from now on. */
  public void set(Behaviour value) {
    behaviour = value;
  }

  /** How often the server was asked for a transfer. */
  public int asked() {
    return asked.get();
  }

  /** The server's answer; null if the request is handled as usual. */
  CompletableFuture<UaResponseMessageType> answer(Service service, UaRequestMessageType request) {
    if (request instanceof TransferSubscriptionsRequest transfer) {
      asked.incrementAndGet();
      return transfer(transfer);
    }
    NodeId session = request.getRequestHeader().getAuthenticationToken();
    if (service == Service.SUBSCRIPTION_PUBLISH && toDrop.contains(session)) {
      return dropped.add(session) ? instead(drop) : new CompletableFuture<>();
    }
    if (service == Service.SUBSCRIPTION_CREATE_SUBSCRIPTION) {
      pretended.clear();
    } else if (request instanceof ModifySubscriptionRequest modify
        && pretended.contains(modify.getSubscriptionId())) {
      return behaviour == Behaviour.UNKNOWN_AFTERWARDS
          ? CompletableFuture.failedFuture(
              new UaException(StatusCodes.Bad_SubscriptionIdInvalid, "no such subscription"))
          : CompletableFuture.completedFuture(
              new ModifySubscriptionResponse(
                  header(request),
                  modify.getRequestedPublishingInterval(),
                  modify.getRequestedLifetimeCount(),
                  modify.getRequestedMaxKeepAliveCount()));
    } else if (service == Service.SUBSCRIPTION_PUBLISH && !pretended.isEmpty()) {
      return new CompletableFuture<>();
    } else if (request instanceof RepublishRequest republish
        && republish
            .getRetransmitSequenceNumber()
            .equals(repeated.get(republish.getSubscriptionId()))) {
      return CompletableFuture.completedFuture(
          new RepublishResponse(
              header(request), statusChange(republish.getRetransmitSequenceNumber())));
    }
    return null;
  }

  private CompletableFuture<UaResponseMessageType> transfer(TransferSubscriptionsRequest request) {
    switch (behaviour) {
      case SILENT, UNKNOWN_AFTERWARDS -> {
        pretended.addAll(Arrays.asList(request.getSubscriptionIds()));
        TransferResult[] results =
            Arrays.stream(request.getSubscriptionIds())
                .map(id -> new TransferResult(StatusCode.GOOD, new UInteger[0]))
                .toArray(TransferResult[]::new);
        return CompletableFuture.completedFuture(
            new TransferSubscriptionsResponse(header(request), results, new DiagnosticInfo[0]));
      }
      case DROPS_CONNECTION -> {
        return instead(drop);
      }
      case DIES -> {
        return instead(die);
      }
      case DROPS_CONNECTION_AFTERWARDS -> {
        toDrop.add(request.getRequestHeader().getAuthenticationToken());
        return null;
      }
      case NORMAL, REPEATS_STATUS_CHANGE -> {
        return null;
      }
    }
    throw new IllegalStateException(behaviour.toString());
  }

  /** Not on a thread of the server, which waits for those. */
  private static CompletableFuture<UaResponseMessageType> instead(Runnable action) {
    Thread thread = new Thread(action, "plant-transfer-fault");
    thread.setDaemon(true);
    thread.start();
    return new CompletableFuture<>();
  }

  /** The answer as the server sends it. */
  UaResponseMessageType sent(UaRequestMessageType request, UaResponseMessageType response) {
    if (response instanceof PublishResponse publish
        && publish.getNotificationMessage().getNotificationData() != null
        && publish.getNotificationMessage().getNotificationData().length > 0) {
      newest.put(publish.getSubscriptionId(), publish.getNotificationMessage().getSequenceNumber());
    }
    if (behaviour != Behaviour.REPEATS_STATUS_CHANGE
        || !(request instanceof TransferSubscriptionsRequest asking)
        || !(response instanceof TransferSubscriptionsResponse transferred)) {
      return response;
    }
    TransferResult[] results = transferred.getResults().clone();
    for (int i = 0; i < results.length; i++) {
      UInteger id = asking.getSubscriptionIds()[i];
      long sequence = newest.getOrDefault(id, uint(0)).longValue();
      for (UInteger kept : results[i].getAvailableSequenceNumbers()) {
        sequence = Math.min(sequence, kept.longValue() - 1);
      }
      if (sequence > 0) {
        // The number of a message that was acknowledged, so that none is lost.
        repeated.put(id, uint(sequence));
        results[i] = withStatusChange(results[i], uint(sequence));
      }
    }
    return new TransferSubscriptionsResponse(
        transferred.getResponseHeader(), results, transferred.getDiagnosticInfos());
  }

  private static TransferResult withStatusChange(TransferResult result, UInteger sequence) {
    UInteger[] there =
        result.getAvailableSequenceNumbers() == null
            ? new UInteger[0]
            : result.getAvailableSequenceNumbers();
    UInteger[] available = Arrays.copyOf(there, there.length + 1);
    available[there.length] = sequence;
    return new TransferResult(result.getStatusCode(), available);
  }

  private static NotificationMessage statusChange(UInteger sequence) {
    return new NotificationMessage(
        sequence,
        DateTime.now(),
        new ExtensionObject[] {
          ExtensionObject.encode(
              DefaultEncodingContext.INSTANCE,
              new StatusChangeNotification(
                  new StatusCode(StatusCodes.Good_SubscriptionTransferred),
                  DiagnosticInfo.NULL_VALUE))
        });
  }

  static ResponseHeader header(UaRequestMessageType request) {
    return new ResponseHeader(
        DateTime.now(),
        request.getRequestHeader().getRequestHandle(),
        StatusCode.GOOD,
        null,
        null,
        null);
  }
}
