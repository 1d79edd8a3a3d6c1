// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.inbound.Acknowledgements;
import io.connectot.mqtt.inbound.InboundPackets;
import io.connectot.mqtt.inbound.ReceivedIds;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.socket.BrokerSocket;
import io.connectot.mqtt.transport.BrokerErrors;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishCallback;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Common part of both protocol versions: requests, publish window, acknowledgements fenced by
 * connection, and a shutdown that never waits for Paho.
 *
 * @param <R> Paho's response type
 */
abstract class PahoTransport<R> implements MqttTransport {
  private static final Logger LOG = LoggerFactory.getLogger(PahoTransport.class);

  /** Maximum time for Paho's threads to end after the socket is closed. */
  private static final Duration UNWIND = Duration.ofSeconds(5);

  /**
   * Delay before a write failure is reported, so that the reader can report the broker's reason
   * first.
   */
  private static final Duration UNWRITABLE = Duration.ofSeconds(1);

  private final long epoch;
  private final BrokerSocket socket;
  private final MqttClientSettings settings;
  private final SessionExpiryCheck expiry;
  private final PahoThreads threads;
  private final Acknowledgements acknowledgements;
  private final InboundPackets inbound;
  private final PublishWindow window = new PublishWindow();
  private final Set<OutstandingPublication> publications = ConcurrentHashMap.newKeySet();
  private final PendingRequests<R> requests;

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Serializes publications. */
  private final Object order = new Object();

  private final ConnectionOutcome state = new ConnectionOutcome();

  /** Null before connect. */
  private volatile TransportListener listener;

  /** Whether a thread of Paho crashed, so that Paho cannot end by itself. */
  private volatile boolean crashed;

  PahoTransport(
      long epoch,
      BrokerSocket socket,
      MqttClientSettings settings,
      ReceivedIds received,
      SessionExpiryCheck expiry) {
    this.epoch = epoch;
    this.socket = socket;
    this.settings = settings;
    this.expiry = expiry;
    this.threads = new PahoThreads(settings.clientId(), this::crashed);
    this.requests = new PendingRequests<>(socket.broker(), settings.connectTimeout());
    this.acknowledgements =
        new Acknowledgements(
            socket,
            threads,
            cause ->
                threads.later(
                    () -> lost(ConnectionLoss.of(BrokerErrors.lost(socket.broker(), cause))),
                    UNWRITABLE));
    this.inbound = new InboundPackets(epoch, settings, received, acknowledgements, new Inbound());
  }

  /** Starts connecting; a thread of Paho completes {@code request}. */
  abstract void startConnect(PendingRequest<R> request) throws Exception;

  abstract ConnectResult connected(R answer);

  abstract void startSubscribe(List<Subscription> subscriptions, PendingRequest<R> request)
      throws Exception;

  /** The reason codes of a SUBACK. */
  abstract int[] granted(R answer);

  abstract void startUnsubscribe(List<String> filters, PendingRequest<R> request) throws Exception;

  /** Tells Paho, on the reading thread, that the broker is alive. */
  abstract void bytesArrived();

  abstract void startPublish(OutboundMessage message, OutstandingPublication publication)
      throws Exception;

  /** The result of a publication that Paho rejected or failed. */
  abstract PublishResult publishFailure(Throwable cause);

  abstract void startDisconnect(Duration quiesce, PendingRequest<R> request) throws Exception;

  /** Stops Paho's threads; may block briefly. */
  abstract void stopLibrary() throws Exception;

  /** Releases Paho's resources after its threads ended. */
  abstract void closeLibrary() throws Exception;

  final BrokerSocket socket() {
    return socket;
  }

  /** Called by Paho to connect. */
  final void open() throws IOException {
    socket.open(inbound);
  }

  final MqttClientSettings settings() {
    return settings;
  }

  final PahoThreads threads() {
    return threads;
  }

  @Override
  public final ConnectResult connect(TransportListener messages)
      throws ProtocolException, InterruptedException {
    if (listener != null) {
      throw new IllegalStateException("a transport connects once");
    }
    listener = messages;
    PendingRequest<R> request = new PendingRequest<>();
    try {
      ConnectResult result =
          connected(requests.perform(request, state::isOver, () -> startConnect(request)));
      state.established(result);
      expiry.accepted(socket.broker(), inbound.connectAcknowledgement());
      window.open(result.limits().receiveMaximum());
      return result;
    } catch (ExecutionException e) {
      throw new BrokerConnectFailure(socket, settings, inbound).of(e.getCause());
    } catch (TimeoutException e) {
      throw BrokerErrors.timeout(socket.broker(), e);
    } finally {
      if (!state.wasEstablished()) {
        close();
      }
    }
  }

  @Override
  public final List<SubscribeResult> subscribe(List<Subscription> subscriptions)
      throws ProtocolException, InterruptedException {
    if (subscriptions.isEmpty()) {
      return List.of();
    }
    PendingRequest<R> request = new PendingRequest<>();
    int[] codes = granted(ask("SUBSCRIBE", request, () -> startSubscribe(subscriptions, request)));
    if (codes.length != subscriptions.size()) {
      throw BrokerErrors.broken(
          socket.broker(),
          new IllegalStateException(
              codes.length + " answers to " + subscriptions.size() + " subscriptions"));
    }
    return SubscribeResult.of(subscriptions, codes);
  }

  @Override
  public final void unsubscribe(List<String> filters)
      throws ProtocolException, InterruptedException {
    if (!filters.isEmpty()) {
      PendingRequest<R> request = new PendingRequest<>();
      ask("UNSUBSCRIBE", request, () -> startUnsubscribe(filters, request));
    }
  }

  private R ask(String name, PendingRequest<R> request, PendingRequests.Start start)
      throws ProtocolException, InterruptedException {
    try {
      return requests.perform(request, state::isOver, start);
    } catch (TimeoutException e) {
      throw BrokerErrors.noAnswer(socket.broker(), name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProtocolException known) {
        throw known;
      }
      throw BrokerErrors.lost(socket.broker(), e.getCause());
    }
  }

  @Override
  public final void acknowledge(InboundMessage message) {
    if (message.epoch() == epoch && message.qos() > 0) {
      inbound.acknowledge(message);
    }
  }

  @Override
  public final void reading(boolean on) {
    socket.reading(on);
  }

  @Override
  public final boolean publish(OutboundMessage message, PublishCallback callback) {
    ConnectResult current = state.result();
    if (current == null || state.isOver() || !window.tryAcquire()) {
      return false;
    }
    OutstandingPublication publication = new OutstandingPublication(callback, window, publications);
    PublishResult refusal = current.limits().refusal(message);
    if (refusal != null) {
      publication.complete(refusal);
      return true;
    }
    try {
      synchronized (order) {
        startPublish(message, publication);
      }
    } catch (Exception e) {
      publication.complete(publishFailure(e));
    }
    if (closed.get()) {
      // The clean-up may have missed this publication.
      publication.complete(PublishResult.retry("the connection was closed"));
    }
    return true;
  }

  @Override
  public final boolean awaitWindow(Duration timeout) throws InterruptedException {
    return window.await(timeout);
  }

  @Override
  public final int inFlight() {
    return window.used();
  }

  @Override
  public final void disconnect(Duration timeout) throws InterruptedException {
    if (state.wasEstablished() && state.end(BrokerErrors.closed(socket.broker(), null))) {
      PendingRequest<R> request = new PendingRequest<>();
      requests.add(request);
      try {
        acknowledgements.finish(timeout.dividedBy(4));
        startDisconnect(timeout.dividedBy(2), request);
        request.await(timeout);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.debug("{}: no orderly farewell", socket.broker(), e);
      } finally {
        close();
      }
    }
    close();
  }

  @Override
  public final void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    state.end(BrokerErrors.closed(socket.broker(), null));
    // Before the socket: Paho would report its end as a loss.
    requests.failAll(BrokerErrors.closed(socket.broker(), null));
    socket.close();
    acknowledgements.close();
    window.close();
    threads.later(this::cleanUp);
  }

  /** Runs on the timer thread, which ends with it. */
  private void cleanUp() {
    try {
      if (crashed || !threads.awaitIdle(UNWIND)) {
        stopLibrary();
        if (!threads.awaitIdle(UNWIND)) {
          threads.interrupt();
          threads.awaitIdle(UNWIND);
        }
      }
      closeLibrary();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("{}: the connection did not end cleanly", socket.broker(), e);
    } finally {
      publications.forEach(
          publication -> publication.complete(PublishResult.retry("the connection was closed")));
      threads.shutdown();
    }
  }

  /** Receives inbound packets before Paho sees them. */
  private final class Inbound implements InboundPackets.Listener {
    @Override
    public void bytesArrived() {
      PahoTransport.this.bytesArrived();
    }

    @Override
    public void arrived(InboundMessage message) {
      if (state.isOver()) {
        return;
      }
      try {
        listener.messageArrived(message);
      } catch (Throwable e) {
        failed(e);
      }
    }

    @Override
    public void caughtUp() {
      if (!state.isOver()) {
        listener.caughtUp();
      }
    }

    @Override
    public void invalid(InvalidPacketException cause) {
      lost(ConnectionLoss.of(BrokerErrors.invalid(socket.broker(), cause.reason(), cause)));
    }
  }

  /** A packet could not be handled; ends the connection. Called by Paho's threads. */
  final void failed(Throwable cause) {
    LOG.error(
        "{}: a message could not be handled; the connection is given up", socket.broker(), cause);
    lost(ConnectionLoss.of(BrokerErrors.broken(socket.broker(), cause)));
  }

  /** Ends the connection and notifies the listener, unless this side ended it. */
  final void lost(ConnectionLoss loss) {
    if (!state.end(loss.cause())) {
      return;
    }
    requests.failAll(loss.cause());
    try {
      if (state.wasEstablished()) {
        listener.connectionLost(loss);
      }
    } catch (Throwable e) {
      LOG.error("{}: the listener failed", socket.broker(), e);
    } finally {
      close();
    }
  }

  private void crashed(Throwable cause) {
    crashed = true;
    LOG.debug("{}: the MQTT library failed", socket.broker(), cause);
    lost(ConnectionLoss.of(BrokerErrors.broken(socket.broker(), cause)));
  }
}
