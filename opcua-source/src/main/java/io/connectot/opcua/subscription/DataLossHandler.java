// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.subscription.delivery.NotificationHandler;
import io.connectot.opcua.subscription.item.SubscriptionService;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles notification messages that the server no longer has: any node of the subscription may
 * have lost values. For the thread that handles publish responses.
 */
final class DataLossHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DataLossHandler.class);

  private final UaSession session;
  private final SubscriptionService service;
  private final NotificationHandler messages;

  DataLossHandler(UaSession session, SubscriptionService service, NotificationHandler messages) {
    this.session = session;
    this.service = service;
    this.messages = messages;
  }

  /** A message is lost: the next value of every node, and the next event, show what is missing. */
  void lost(UaSubscription subscription, long sequence)
      throws ProtocolException, InterruptedException {
    LOG.warn(
        "{} no longer has message {} of subscription {}; values of it and of "
            + "later messages may be missing",
        session.url(),
        sequence,
        subscription.key().id());
    String cause = "the server no longer had message " + sequence + " of the subscription";
    messages.lost(subscription, cause);
    if (!resend(subscription)) {
      service.delete(subscription);
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          "0x807B0000 Bad_MessageNotAvailable",
          session.url()
              + ": the server no longer has message "
              + sequence
              + " of subscription "
              + subscription.key().id()
              + " and does not send present values again (ResendData); the connector creates a new"
              + " subscription",
          null);
    }
  }

  /**
   * Lets the server send the present value of every item, so that no node waits for a change.
   *
   * @return whether the server does
   */
  boolean resend(UaSubscription subscription) throws ProtocolException, InterruptedException {
    CallMethodRequest request =
        new CallMethodRequest(
            NodeIds.Server,
            NodeIds.Server_ResendData,
            new Variant[] {new Variant(subscription.id())});
    try {
      CallMethodResult[] results =
          session.await(session.services().callAsync(List.of(request))).getResults();
      if (results == null || results.length == 0 || results[0].getStatusCode().isBad()) {
        LOG.debug("{} rejects ResendData", session.url());
        return false;
      }
      return true;
    } catch (ProtocolException e) {
      if (ServiceStatus.endsConnection(ServiceStatus.of(e))) {
        throw e;
      }
      return false;
    }
  }
}
