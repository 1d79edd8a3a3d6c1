// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.subscription.item.SubscriptionService;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.Collection;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * Follows transferred subscriptions until they publish something, and ends those that do not. For
 * the thread that handles publish responses.
 */
final class TransferProgress {
  /** Beyond two keep-alives of a server, which was asked for one every second. */
  private static final long SILENCE_MARGIN_MILLIS = 2_000;

  private final UaSession session;
  private final SubscriptionService service;
  private final NodeRegistry registry;

  TransferProgress(UaSession session, SubscriptionService service, NodeRegistry registry) {
    this.session = session;
    this.service = service;
    this.registry = registry;
  }

  /** A transferred subscription published something: it is as good as a new one. */
  void settled(UaSubscription subscription) throws ProtocolException, InterruptedException {
    subscription.settled();
    registry.settled(subscription.key());
    registry.attempts().settled();
    if (!subscription.isRetired()) {
      subscription.keepAliveMillis(
          service.modify(subscription.id(), false, subscription.isRecorded()));
    }
  }

  /** Deletes a subscription. */
  void delete(UaSubscription subscription) throws ProtocolException, InterruptedException {
    service.delete(subscription);
  }

  /**
   * Ends the session if the server answers but publishes nothing of a transferred subscription.
   *
   * @throws ProtocolException if so; the next session creates a new subscription
   */
  void checkSilence(UaSubscription subscription, long silentMillis)
      throws ProtocolException, InterruptedException {
    if (silentMillis <= 2 * subscription.keepAliveMillis() + SILENCE_MARGIN_MILLIS) {
      return;
    }
    ReadValueId state =
        new ReadValueId(
            NodeIds.Server_ServerStatus_State,
            AttributeId.Value.uid(),
            null,
            QualifiedName.NULL_VALUE);
    session.await(session.services().readAsync(0, TimestampsToReturn.Neither, List.of(state)));
    String cause =
        "it reports subscription "
            + subscription.key().id()
            + " as transferred and then publishes nothing of it";
    registry.giveUp(subscription.key());
    registry.attempts().failed(cause);
    throw new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "0x800A0000 Bad_Timeout",
        session.url() + ": " + cause + "; the connector creates a new subscription",
        null);
  }

  /** A service refused a subscription. */
  void failedWith(UaSubscription subscription, ProtocolException failure) {
    if (ServiceStatus.endsConnection(ServiceStatus.of(failure))) {
      return;
    }
    registry.giveUp(subscription.key());
    if (subscription.transfers() > 0) {
      registry
          .attempts()
          .failed(
              "it reports subscription "
                  + subscription.key().id()
                  + " as transferred and then answers "
                  + failure.status());
    }
  }

  /**
   * The server begins to number messages anew: what is in Kafka cannot be told by numbers.
   *
   * @return why the session ends; the next one creates a new subscription
   */
  ProtocolException numberedAnew(UaSubscription subscription, long sequence) {
    registry.giveUp(subscription.key());
    String cause =
        "it numbers the messages of subscription "
            + subscription.key().id()
            + " anew, from "
            + sequence;
    if (subscription.isTransferred()) {
      registry.attempts().failed(cause);
    }
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        "0x80880000 Bad_SequenceNumberInvalid",
        session.url() + ": " + cause + "; the connector creates a new subscription",
        null);
  }

  /** The server has no subscription in the session. */
  void noSubscription(Collection<UaSubscription> subscriptions) {
    for (UaSubscription subscription : subscriptions) {
      registry.giveUp(subscription.key());
      if (subscription.transfers() > 0) {
        registry
            .attempts()
            .failed(
                "it reports subscription "
                    + subscription.key().id()
                    + " as transferred and then has none in the session");
      }
    }
  }
}
