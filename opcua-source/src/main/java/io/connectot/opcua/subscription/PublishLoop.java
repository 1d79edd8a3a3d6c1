// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.ServiceStatus;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps publish requests at the server and handles the responses (OPC UA Part 4 §5.14.5). A request
 * is renewed only after the runtime accepted the values of its response: a full buffer stops
 * publishing, and the server queues the values. Fields belong to the loop's thread.
 */
final class PublishLoop {
  private static final Logger LOG = LoggerFactory.getLogger(PublishLoop.class);
  private static final int MAX_ACKS = 1000;
  private static final long TICK_MILLIS = 1000;
  private static final long SILENCE_MARGIN_MILLIS = 15_000;

  /** More missing messages are not requested again one by one: they are lost. */
  private static final int MAX_REPUBLISHED = 1000;

  private final UaSession session;
  private final NodeId authenticationToken;
  private final SubscriptionSet subscriptions;
  private final NodeRegistry registry;
  private final NotificationHandler handler;
  private final DataLossHandler lost;
  private final TransferProgress transfer;
  private final Consumer<List<NodeState>> monitorLater;
  private final BooleanSupplier hasBuffered;
  private final Duration keepAlive;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

  private final RetentionLimit limit;
  private int pendingRequests;

  private int maxRequests;

  private long busyUntilNanos = System.nanoTime();

  /**
   * @param monitorLater called with nodes that have to be monitored anew
   * @param hasBuffered whether values wait for history
   */
  PublishLoop(
      UaSession session,
      NodeId authenticationToken,
      SubscriptionSet subscriptions,
      NodeRegistry registry,
      NotificationHandler handler,
      DataLossHandler lost,
      TransferProgress transfer,
      Consumer<List<NodeState>> monitorLater,
      BooleanSupplier hasBuffered,
      Configuration config) {
    this.session = session;
    this.limit = new RetentionLimit(session.url());
    this.authenticationToken = authenticationToken;
    this.subscriptions = subscriptions;
    this.registry = registry;
    this.handler = handler;
    this.lost = lost;
    this.transfer = transfer;
    this.monitorLater = monitorLater;
    this.hasBuffered = hasBuffered;
    this.keepAlive = config.get(OpcUaSubscriptionConfig.KEEPALIVE);
    this.maxRequests =
        config.get(OpcUaSubscriptionConfig.MAX_PUBLISH_REQUESTS).orElse(Integer.MAX_VALUE);
  }

  /**
   * What came back for a publish request.
   *
   * @param response null when it failed
   * @param failure null when it did not
   * @param acks what the request acknowledged
   */
  private record Answer(
      PublishResponse response, Throwable failure, List<InFlightNotification> acks) {}

  /**
   * Runs until the connection is over.
   *
   * @throws ProtocolException why it is
   * @throws InterruptedException when the session is closed
   */
  void run() throws ProtocolException, InterruptedException {
    for (UaSubscription subscription : List.copyOf(subscriptions.all())) {
      replay(subscription);
      if (subscription.isRetired()) {
        retire(subscription);
      } else if (subscription.isTransferred() && subscription.hasHeartbeats()) {
        // The server sends nothing of its own, so that there would be nothing to repeat.
        lost.resend(subscription);
      }
    }
    // Replaying may have waited for Kafka, and nobody asked the server meanwhile.
    busyUntilNanos = System.nanoTime();
    while (true) {
      handler.repeatDue();
      request();
      Answer answer = answers.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (answer == null) {
        checkSilence(System.nanoTime());
      } else {
        pendingRequests--;
        long begin = System.nanoTime();
        if (answer.response() != null) {
          published(answer.response());
        } else {
          failed(answer);
        }
        long end = System.nanoTime();
        if (TimeUnit.NANOSECONDS.toMillis(end - begin) > TICK_MILLIS) {
          // Nobody asked the server meanwhile.
          busyUntilNanos = end;
        }
      }
    }
  }

  /** The messages of the subscription are handled; its nodes get another one. */
  private void retire(UaSubscription subscription) throws ProtocolException, InterruptedException {
    subscriptions.remove(subscription);
    transfer.settled(subscription);
    transfer.delete(subscription);
    monitorLater.accept(List.copyOf(subscription.items().values()));
  }

  private int wanted() {
    int useful = Math.max(2, Math.min(20, 2 * subscriptions.all().size()));
    return subscriptions.all().isEmpty() ? 0 : Math.min(maxRequests, useful);
  }

  /** Messages whose values wait for history are safe there, and may wait long. */
  private boolean mayFetch() {
    return notificationsInFlight() + pendingRequests < limit.inFlight()
        || hasBuffered.getAsBoolean();
  }

  private int notificationsInFlight() {
    int count = 0;
    for (UaSubscription subscription : subscriptions.all()) {
      count += subscription.inFlight();
    }
    return count;
  }

  private List<InFlightNotification> takeAcknowledgeable() {
    List<InFlightNotification> acks = new ArrayList<>();
    for (UaSubscription subscription : subscriptions.all()) {
      subscription.takeAcknowledgeable(acks, MAX_ACKS);
    }
    return acks;
  }

  private void request() {
    int wanted = wanted();
    while (pendingRequests < wanted && mayFetch()) {
      pendingRequests++;
      List<InFlightNotification> acks = takeAcknowledgeable();
      SubscriptionAcknowledgement[] acknowledgements =
          acks.stream()
              .map(
                  ack ->
                      new SubscriptionAcknowledgement(
                          ack.subscription().id(), uint(ack.sequence())))
              .toArray(SubscriptionAcknowledgement[]::new);
      var unused =
          session
              .services()
              .sendRequestAsync(
                  new PublishRequest(
                      session
                          .services()
                          .newRequestHeader(authenticationToken, uint(timeoutMillis(wanted))),
                      acknowledgements))
              .whenComplete(
                  (response, failure) ->
                      answers.add(new Answer((PublishResponse) response, failure, acks)));
    }
  }

  /** Every request may have to wait for as many keep-alives as there are requests before it. */
  private long timeoutMillis(int requests) {
    return longestKeepAliveMillis() * (requests + 1L) + SILENCE_MARGIN_MILLIS;
  }

  private long longestKeepAliveMillis() {
    long longest = keepAlive.toMillis();
    for (UaSubscription subscription : subscriptions.all()) {
      longest = Math.max(longest, subscription.keepAliveMillis());
    }
    return Math.min(longest, TimeUnit.HOURS.toMillis(1));
  }

  private void published(PublishResponse response) throws ProtocolException, InterruptedException {
    UaSubscription subscription = subscriptions.get(response.getSubscriptionId());
    if (subscription == null) {
      LOG.debug("{} published for an unknown subscription", session.url());
      return;
    }
    subscription.heard(System.nanoTime());
    NotificationMessage message = response.getNotificationMessage();
    long sequence = message.getSequenceNumber().longValue();
    boolean keepAlive =
        message.getNotificationData() == null || message.getNotificationData().length == 0;
    if (subscription.expected() == 0) {
      if (keepAlive) {
        return;
      }
      subscription.expect(sequence);
    }
    if (UaSubscription.distance(sequence, subscription.expected()) > 0) {
      republishUpTo(subscription, sequence);
    }
    if (!keepAlive && UaSubscription.distance(sequence, subscription.expected()) >= 0) {
      handle(subscription, message, sequence);
    }
    if (!hasBuffered.getAsBoolean()) {
      limit.check(subscription, response.getAvailableSequenceNumbers());
    }
    if (subscription.transfers() > 0) {
      transfer.settled(subscription);
    }
  }

  private void handle(UaSubscription subscription, NotificationMessage message, long sequence)
      throws ProtocolException, InterruptedException {
    handler.handle(subscription, message);
    subscription.expect(UaSubscription.after(sequence));
    registry.remember(subscription.key(), subscription.expected());
  }

  /** Handles what the server still has of a subscription that was taken over. */
  private void replay(UaSubscription subscription) throws ProtocolException, InterruptedException {
    long expected = subscription.expected();
    for (long sequence : subscription.available()) {
      if (expected != 0 && UaSubscription.distance(sequence, expected) > subscription.transfers()) {
        lost.lost(subscription, expected);
      }
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
   * is that new would be the last one to be dropped.
   */
  private void republishUpTo(UaSubscription subscription, long next)
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
    if (!complete && missing > subscription.transfers()) {
      lost.lost(subscription, subscription.expected());
    }
    subscription.expect(next);
  }

  /** Whether the server still has a message. */
  private boolean republish(UaSubscription subscription, long sequence)
      throws ProtocolException, InterruptedException {
    NotificationMessage message;
    try {
      message =
          session
              .await(
                  session.services().republishAsync(subscription.id(), UInteger.valueOf(sequence)))
              .getNotificationMessage();
    } catch (ProtocolException e) {
      long code = ServiceStatus.of(e);
      if (code == StatusCodes.Bad_MessageNotAvailable || ServiceStatus.unsupported(code)) {
        return false;
      }
      transfer.failedWith(subscription, e);
      throw e;
    }
    handler.handle(subscription, message);
    return true;
  }

  private void failed(Answer answer) throws ProtocolException, InterruptedException {
    List<InFlightNotification> acks = answer.acks();
    for (int i = acks.size() - 1; i >= 0; i--) {
      acks.get(i).subscription().notAcknowledged(acks.get(i));
    }
    long code = ServiceStatus.of(answer.failure());
    if (code == StatusCodes.Bad_TooManyPublishRequests) {
      maxRequests = Math.max(1, pendingRequests);
      LOG.info("{} accepts {} publish requests at a time", session.url(), maxRequests);
    } else if (code == StatusCodes.Bad_Timeout) {
      checkSilence(System.nanoTime());
    } else {
      if (code == StatusCodes.Bad_NoSubscription) {
        transfer.noSubscription(subscriptions.all());
      }
      throw new ProtocolException(
          Kind.TRANSIENT,
          Scope.CONNECTION,
          ServiceStatus.text(new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(code)),
          "publishing at "
              + session.url()
              + " failed: "
              + (code == StatusCodes.Bad_NoSubscription
                  ? "the server no longer has the connector's subscription; if this "
                      + "happens often, raise opcua.lifetime.ms"
                  : answer.failure().getMessage()
                      + "; check the server's log, the network, and the address on the line of the"
                      + " device"),
          answer.failure());
    }
  }

  private void checkSilence(long now) throws ProtocolException, InterruptedException {
    for (UaSubscription subscription : subscriptions.all()) {
      long silentMillis =
          TimeUnit.NANOSECONDS.toMillis(
              Math.min(now - subscription.heardNanos(), now - busyUntilNanos));
      if (subscription.transfers() > 0) {
        transfer.checkSilence(subscription, silentMillis);
      }
      if (silentMillis > 2 * subscription.keepAliveMillis() + SILENCE_MARGIN_MILLIS) {
        throw new ProtocolException(
            Kind.TRANSIENT,
            Scope.CONNECTION,
            "0x800A0000 Bad_Timeout",
            "nothing was heard of subscription "
                + subscription.key().id()
                + " at "
                + session.url()
                + " for "
                + silentMillis
                + " ms, expected every "
                + subscription.keepAliveMillis()
                + " ms; check the server and the network, or raise opcua.keepalive.ms",
            null);
      }
    }
  }
}
