// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.opcua.testing.ChangedAnswers.Change;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsResponse;

/** Answers as odd servers give them. */
final class OddAnswers {
  private OddAnswers() {}

  /** Transfers subscriptions, and does not say which messages there are. */
  static Change transferWithoutMessages(UInteger[] available) {
    return (request, response) -> {
      TransferSubscriptionsResponse transferred = (TransferSubscriptionsResponse) response;
      return new TransferSubscriptionsResponse(
          transferred.getResponseHeader(),
          Arrays.stream(transferred.getResults())
              .map(result -> new TransferResult(result.getStatusCode(), available))
              .toArray(TransferResult[]::new),
          transferred.getDiagnosticInfos());
    };
  }

  /** Publishes with numbers that begin at 1 again after those that were before. */
  static Change numberedAnew(long before) {
    return (request, response) -> {
      PublishResponse published = (PublishResponse) response;
      return with(
          published,
          message ->
              new NotificationMessage(
                  uint(Math.max(1, message.getSequenceNumber().longValue() - before)),
                  message.getPublishTime(),
                  message.getNotificationData()));
    };
  }

  /** Publishes a status change instead of the next messages with values. */
  static Change statusChanges(long status, int times) {
    AtomicInteger left = new AtomicInteger(times);
    return (request, response) -> {
      PublishResponse published = (PublishResponse) response;
      ExtensionObject[] data = published.getNotificationMessage().getNotificationData();
      if (data == null || data.length == 0 || left.getAndDecrement() <= 0) {
        return response;
      }
      return with(
          published,
          message ->
              new NotificationMessage(
                  message.getSequenceNumber(),
                  message.getPublishTime(),
                  new ExtensionObject[] {
                    ExtensionObject.encode(
                        DefaultEncodingContext.INSTANCE,
                        new StatusChangeNotification(
                            new StatusCode(status), DiagnosticInfo.NULL_VALUE))
                  }));
    };
  }

  private static PublishResponse with(
      PublishResponse published, UnaryOperator<NotificationMessage> message) {
    return new PublishResponse(
        published.getResponseHeader(),
        published.getSubscriptionId(),
        null,
        published.getMoreNotifications(),
        message.apply(published.getNotificationMessage()),
        published.getResults(),
        published.getDiagnosticInfos());
  }

  /** Counts the newest number that the server publishes. */
  static Change counting(AtomicLong newest) {
    return (request, response) -> {
      newest.accumulateAndGet(
          ((PublishResponse) response).getNotificationMessage().getSequenceNumber().longValue(),
          Math::max);
      return response;
    };
  }

  /** Publishes another message again than the one that was asked for. */
  static UaResponseMessageType republishedAnother(UaResponseMessageType response) {
    RepublishResponse republished = (RepublishResponse) response;
    NotificationMessage message = republished.getNotificationMessage();
    return new RepublishResponse(
        republished.getResponseHeader(),
        new NotificationMessage(
            uint(message.getSequenceNumber().longValue() + 7),
            message.getPublishTime(),
            new ExtensionObject[0]));
  }

  /** Revises the parameters of a subscription. */
  static Change revised(double interval, long lifetime, long keepAlive) {
    return (request, response) -> {
      CreateSubscriptionResponse created = (CreateSubscriptionResponse) response;
      return new CreateSubscriptionResponse(
          created.getResponseHeader(),
          created.getSubscriptionId(),
          interval,
          uint(lifetime),
          uint(keepAlive));
    };
  }

  /** Reads so many values at most, and leaves the other results out. */
  static Change readsAtMost(int most) {
    return (request, response) -> {
      ReadResponse read = (ReadResponse) response;
      return new ReadResponse(
          read.getResponseHeader(),
          most == 0
              ? null
              : Arrays.copyOf(read.getResults(), Math.min(most, read.getResults().length)),
          read.getDiagnosticInfos());
    };
  }

  /** Leaves out the result of the last item. */
  static UaResponseMessageType withoutLastItem(UaResponseMessageType response) {
    CreateMonitoredItemsResponse created = (CreateMonitoredItemsResponse) response;
    return new CreateMonitoredItemsResponse(
        created.getResponseHeader(),
        Arrays.copyOf(created.getResults(), created.getResults().length - 1),
        created.getDiagnosticInfos());
  }

  /** Calls a method with outputs of its own. */
  static Change outputs(Object... outputs) {
    return (request, response) ->
        new CallResponse(
            ((CallResponse) response).getResponseHeader(),
            new CallMethodResult[] {
              new CallMethodResult(
                  StatusCode.GOOD,
                  null,
                  null,
                  Arrays.stream(outputs).map(Variant::new).toArray(Variant[]::new))
            },
            null);
  }

  /** Reads history with results of its own. */
  static Change history(UnaryOperator<HistoryReadResult[]> results) {
    return (request, response) -> {
      HistoryReadResponse read = (HistoryReadResponse) response;
      return new HistoryReadResponse(
          read.getResponseHeader(), results.apply(read.getResults()), read.getDiagnosticInfos());
    };
  }
}
