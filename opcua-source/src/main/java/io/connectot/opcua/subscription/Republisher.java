// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.subscription.delivery.NotificationHandler;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests messages again that did not arrive or are not in Kafka (Republish, OPC UA Part 4
 * §5.14.6). For the thread that handles publish responses.
 */
final class Republisher {
  private static final Logger LOG = LoggerFactory.getLogger(Republisher.class);

  /** More missing messages are not requested again one by one: they are lost. */
  private static final int MAX_REPUBLISHED = 1000;

  private final UaSession session;
  private final NodeRegistry registry;
  private final NotificationHandler handler;
  private final DataLossHandler lost;
  private final TransferProgress transfer;

  Republisher(
      UaSession session,
      NodeRegistry registry,
      NotificationHandler handler,
      DataLossHandler lost,
      TransferProgress transfer) {
    this.session = session;
    this.registry = registry;
    this.handler = handler;
    this.lost = lost;
    this.transfer = transfer;
  }

  /** Handles what the server still has of a subscription that was taken over. */
  void replay(UaSubscription subscription) throws ProtocolException, InterruptedException {
    long expected = subscription.expected();
    if (expected != 0 && subscription.mayBeIncomplete()) {
      fetchUnlisted(subscription, expected, subscription.transfers());
    }
    for (long sequence : subscription.available()) {
      if (expected != 0
          && UaSubscription.distance(sequence, expected) > subscription.statusChanges()) {
        lost.lost(subscription, expected);
      }
      subscription.republished(sequence);
      if (republish(subscription, sequence)) {
        if (expected == 0 || UaSubscription.distance(sequence, expected) >= 0) {
          expected = UaSubscription.after(sequence);
        }
      } else {
        lost.lost(subscription, sequence);
      }
    }
    subscription.expect(expected);
    if (expected != 0) {
      registry.remember(subscription.key(), expected);
    }
  }

  /**
   * Fetches the messages before {@code next} that did not come. Servers may number what tells an
   * old session that its subscription was taken over, and do not keep it; a message of values that
   * is that new would be the last one to be dropped, unless the server drops all of them.
   */
  void republishUpTo(UaSubscription subscription, long next)
      throws ProtocolException, InterruptedException {
    int missing = UaSubscription.distance(next, subscription.expected());
    LOG.info(
        "{} messages of subscription {} are missing; requesting them again",
        missing,
        subscription.key().id());
    boolean complete = missing <= MAX_REPUBLISHED;
    for (long sequence = subscription.expected();
        complete && sequence != next;
        sequence = UaSubscription.after(sequence)) {
      complete = republish(subscription, sequence);
    }
    if (!complete && missing > subscription.statusChanges()) {
      lost.lost(subscription, subscription.expected());
    }
    subscription.expect(next);
  }

  /**
   * Fetches the messages before the first one after a transfer that the server has and did not
   * list.
   *
   * @param sequence of the first message, or of a keep-alive
   */
  void fetchUnlisted(UaSubscription subscription, long sequence, boolean keepAlive)
      throws ProtocolException, InterruptedException {
    if (keepAlive) {
      // It has the number of the next message, which is not there yet, or of the last one.
      fetchUnlisted(subscription, UaSubscription.after(sequence), subscription.transfers() + 1);
    } else {
      fetchUnlisted(subscription, sequence, subscription.transfers());
    }
  }

  /**
   * Fetches the messages before {@code next} that the server has, is not known to have been
   * acknowledged, and did not list after the transfer. The newest numbers may be those of status
   * changes for former sessions, which servers do not keep.
   *
   * @param mayMiss how many of the newest numbers
   */
  private void fetchUnlisted(UaSubscription subscription, long next, int mayMiss)
      throws ProtocolException, InterruptedException {
    Deque<NotificationMessage> found = new ArrayDeque<>();
    int left = Math.max(mayMiss, UaSubscription.MAX_STATUS_CHANGES);
    for (long sequence = UaSubscription.before(next);
        subscription.isNotBeforeKafka(sequence) && found.size() < MAX_REPUBLISHED;
        sequence = UaSubscription.before(sequence)) {
      Optional<NotificationMessage> message = fetch(subscription, sequence);
      if (message.isPresent()) {
        found.addFirst(message.get());
        subscription.republished(sequence);
        left = 0;
      } else if (left-- <= 0) {
        break;
      }
    }
    if (!found.isEmpty()) {
      LOG.info(
          "{} had {} messages of subscription {} that it did not list",
          session.url(),
          found.size(),
          subscription.key().id());
    }
    for (NotificationMessage message : found) {
      handler.handle(subscription, message);
    }
  }

  /** Whether the server still has a message. */
  private boolean republish(UaSubscription subscription, long sequence)
      throws ProtocolException, InterruptedException {
    Optional<NotificationMessage> message = fetch(subscription, sequence);
    if (message.isPresent()) {
      handler.handle(subscription, message.get());
    }
    return message.isPresent();
  }

  /** A message as the server still has it; empty if it has it no longer. */
  private Optional<NotificationMessage> fetch(UaSubscription subscription, long sequence)
      throws ProtocolException, InterruptedException {
    try {
      NotificationMessage message =
          session
              .await(
                  session.services().republishAsync(subscription.id(), UInteger.valueOf(sequence)))
              .getNotificationMessage();
      if (message.getSequenceNumber().longValue() == sequence) {
        return Optional.of(message);
      }
      LOG.warn(
          "{} was asked for message {} of subscription {} and sent message {}",
          session.url(),
          sequence,
          subscription.key().id(),
          message.getSequenceNumber());
      return Optional.empty();
    } catch (ProtocolException e) {
      long code = ServiceStatus.of(e);
      if (code == StatusCodes.Bad_MessageNotAvailable || ServiceStatus.unsupported(code)) {
        return Optional.empty();
      }
      transfer.failedWith(subscription, e);
      throw e;
    }
  }
}
