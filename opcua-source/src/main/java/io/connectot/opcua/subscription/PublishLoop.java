// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.delivery.NotificationHandler;
import io.connectot.opcua.subscription.item.SubscriptionSet;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.NodeRegistry;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.UaSubscription;
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

  private final UaSession session;
  private final NodeId authenticationToken;
  private final SubscriptionSet subscriptions;
  private final NodeRegistry registry;
  private final NotificationHandler handler;
  private final DataLossHandler lost;
  private final TransferProgress transfer;
  private final Republisher republisher;
  private final Consumer<List<NodeState>> monitorLater;
  private final BooleanSupplier hasBuffered;
  private final Duration keepAlive;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

  private final RetentionLimit limit;
  private int pendingRequests;

  private int maxRequests;

  /** Whether the server refused the only request: it gets the next one after a pause. */
  private boolean refused;

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
    this.republisher = new Republisher(session, registry, handler, lost, transfer);
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
      republisher.replay(subscription);
      if (subscription.isRetired()) {
        retire(subscription);
      } else if (subscription.isTransferred() && subscription.hasHeartbeats()) {
        // The server sends nothing of its own, so that there would be nothing to repeat.
        lost.resend(subscription);
      }
    }
    // Replaying may have waited for Kafka, without a request to the server.
    busyUntilNanos = System.nanoTime();
    while (true) {
      handler.repeatDue();
      request();
      Answer answer = answers.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (answer == null) {
        refused = false;
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
    while (!refused && pendingRequests < wanted && mayFetch()) {
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
    // A keep-alive has the number of the next message, or of the last one.
    if (sequence != 0
        && subscription.isBeforeSession(keepAlive ? UaSubscription.after(sequence) : sequence)) {
      throw transfer.numberedAnew(subscription, sequence);
    }
    if (subscription.expected() == 0 && subscription.mayBeIncomplete()) {
      republisher.fetchUnlisted(subscription, sequence, keepAlive);
    }
    if (subscription.expected() == 0) {
      long missing = subscription.takeLostBefore(sequence);
      if (missing != 0) {
        lost.lost(subscription, missing);
      }
      subscription.expect(keepAlive ? 0 : sequence);
    }
    if (subscription.expected() != 0) {
      if (UaSubscription.distance(sequence, subscription.expected()) > 0) {
        republisher.republishUpTo(subscription, sequence);
      }
      if (!keepAlive && UaSubscription.distance(sequence, subscription.expected()) >= 0) {
        handle(subscription, message, sequence);
      }
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

  private void failed(Answer answer) throws ProtocolException, InterruptedException {
    List<InFlightNotification> acks = answer.acks();
    for (int i = acks.size() - 1; i >= 0; i--) {
      acks.get(i).subscription().notAcknowledged(acks.get(i));
    }
    long code = ServiceStatus.of(answer.failure());
    if (code == StatusCodes.Bad_TooManyPublishRequests) {
      int accepted = Math.max(1, pendingRequests);
      if (accepted < maxRequests) {
        maxRequests = accepted;
        LOG.info("{} accepts {} publish requests at a time", session.url(), maxRequests);
      }
      refused = pendingRequests == 0;
    } else if (code == StatusCodes.Bad_Timeout) {
      checkSilence(System.nanoTime());
      refused = pendingRequests == 0;
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
