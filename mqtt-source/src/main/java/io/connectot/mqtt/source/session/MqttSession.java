// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.Threads;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.DeviceState;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.connection.ConnectionListener;
import io.connectot.mqtt.connection.MqttConnection;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT session: keeps connected and subscribed, and turns what arrives into records. A message
 * is acknowledged once Kafka has all its records and those of all messages before it
 * ([MQTT-4.6.0-2]), at QoS 2 by PUBREC; what is not acknowledged when the connection ends comes
 * again, and makes no second record if it is known still.
 *
 * <p>The library's thread only queues; a thread of the session maps; another connects and
 * subscribes. Acknowledgements are sent by whatever thread commits records.
 */
public final class MqttSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);
  private static final String REQUEST_TIMEOUT = "REQUEST_TIMEOUT";
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final SessionSetup setup;
  private final SessionOutlet outlet;
  private final TaskMetrics metrics;
  private final SubscriptionState standing;
  private final ConnectionStatusReporter news;
  private final InFlightWindow window;
  private final BackpressurePolicy overload;
  private final RedeliveryIndex redeliveries;
  private final InboundQueue inbox;
  private final MqttConnection connection;
  private final Thread pumpThread;

  /** The newest connection; null before the first. Written by the connection's thread. */
  private volatile SessionConnection link;

  /** Whether the broker knew the session when it was connected last. */
  private volatile boolean sessionPresent = true;

  /** When a message or the broker's consent came last, epoch nanoseconds. */
  private volatile long lastHeardNanos;

  /** How many subscriptions were refused. Written by the connection's thread. */
  private volatile int refused;

  /** Whether the broker should know the session. Owned by the connection's thread. */
  private boolean expected;

  /** Whether the session was subscribed to in this run. Owned by the connection's thread. */
  private boolean subscribed;

  /**
   * @param before what the worker kept of this client id
   * @param leftovers what else the session may be subscribed to still, in the broker's words
   * @param tasks how many tasks may have sessions
   * @param generation see {@link SessionOffset#generation}
   */
  public MqttSession(
      SessionSetup setup,
      SessionOutlet outlet,
      Optional<SessionOffset> before,
      List<String> leftovers,
      int tasks,
      long generation) {
    this.setup = setup;
    this.outlet = outlet;
    this.metrics = outlet.metrics();
    this.expected = before.isPresent();
    this.window = new InFlightWindow(setup.maxMessages(), setup.maxBytes());
    this.redeliveries = new RedeliveryIndex(setup.maxBytes());
    this.inbox = new InboundQueue(setup.maxMessages(), setup.maxBytes(), setup.overflow(), metrics);
    this.standing = new SubscriptionState(before, leftovers, tasks, generation, nowMillis());
    this.news =
        new ConnectionStatusReporter(setup.clientId(), setup.endpoint(), inbox, outlet.clock());
    this.overload =
        new BackpressurePolicy(
            setup.clientId(), window, setup.longestPause(), outlet.clock(), metrics, this::drop);
    this.connection =
        new MqttConnection(
            "MQTT session " + setup.clientId(),
            setup.brokers(),
            (broker, will) -> newLink(setup.transports().newTransport(broker, will)),
            setup::will,
            new Backoff(
                setup.reconnectBackoff(),
                setup.reconnectBackoffMax(),
                () -> ThreadLocalRandom.current().nextDouble()),
            new Events());
    this.pumpThread =
        Threads.factory("MQTT mapping " + setup.clientId() + " ")
            .newThread(
                new MessageProcessor(
                    inbox,
                    outlet,
                    SessionOffset.partition(setup.clientId()),
                    standing::sourceOffset,
                    this::tick));
  }

  /** Begins to connect, and returns. To be called once. */
  public void start() {
    pumpThread.start();
    connection.start();
  }

  /** Where the connection stands. */
  public ConnectionState state() {
    return connection.state();
  }

  /** How many messages are received and not acknowledged. */
  public int unacknowledged() {
    return window.messages();
  }

  /** How many bytes of topics and payloads these have. */
  public long unacknowledgedBytes() {
    return window.bytes();
  }

  /** How many subscriptions the broker refused when they were last asked for. */
  public int refused() {
    return refused;
  }

  /** As whom it connects. */
  String clientId() {
    return setup.clientId();
  }

  /** What the broker granted when it was asked last; empty before. */
  List<String> filters() {
    return standing.filters();
  }

  /** Whether it is connected and subscribed. */
  boolean isConnected() {
    return connection.state() == ConnectionState.ONLINE;
  }

  /** Whether the broker knew the session when it was connected last; true before. */
  boolean sessionPresent() {
    return sessionPresent;
  }

  /** When a message or the broker's consent came last, epoch nanoseconds. */
  long lastHeardNanos() {
    return lastHeardNanos;
  }

  /** Says how many tasks have sessions. */
  void tasks(int count) {
    standing.tasks(count);
  }

  /**
   * Ends subscriptions; what the broker queued for them still comes. Waits for the answer.
   *
   * @return false when there is no connection
   */
  boolean unsubscribe(List<String> which) throws ProtocolException, InterruptedException {
    SessionConnection current = link;
    if (!isConnected() || current == null || current.isOver()) {
      return false;
    }
    current.unsubscribe(which);
    standing.left(which);
    return true;
  }

  /**
   * Stops mapping; what Kafka has is still acknowledged. The task's buffer must be closed. Returns
   * soon.
   */
  public void quiesce() {
    pumpThread.interrupt();
  }

  /** Says farewell to the broker, who keeps the session. Returns within a few seconds. */
  @Override
  public void close() {
    quiesce();
    try {
      connection.disconnect(FAREWELL);
      pumpThread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.close();
    }
  }

  private MqttTransport newLink(MqttTransport transport) {
    endLink();
    redeliveries.trim();
    link = new SessionConnection(transport, window, redeliveries, metrics);
    return transport;
  }

  private void endLink() {
    SessionConnection last = link;
    if (last != null) {
      last.end();
      window.unpause();
    }
  }

  /** On the library's thread. */
  private void arrived(InboundMessage message) {
    SessionConnection current = link;
    if (current.isOver()) {
      return;
    }
    metrics.add(Metric.MESSAGES_RECEIVED, 1);
    long now = outlet.clock().epochNanos();
    lastHeardNanos = now;
    if (message.qos() == 0) {
      inbox.putFleeting(new InFlightMessage(message, now, current, null));
      return;
    }
    InFlightMessage original = redeliveries.find(message);
    if (original != null && original.link() == current) {
      // A broker that is impatient; the one answer to the first does for both ([MQTT-4.3.3-10]).
      metrics.add(Metric.DUPLICATES_ADOPTED, 1);
      return;
    }
    InFlightMessage arrival;
    boolean full;
    if (original == null) {
      arrival = new InFlightMessage(message, now, current, null);
      arrival.count();
      full = window.add(arrival.bytes());
    } else {
      metrics.add(Metric.DUPLICATES_ADOPTED, 1);
      arrival =
          new InFlightMessage(
              withSharedContent(message, original.message()), now, current, original);
      arrival.count();
      // Whoever takes it out of the count does it once: then it counts for this arrival.
      full = !original.uncount() && window.add(arrival.bytes());
    }
    redeliveries.remember(arrival);
    inbox.put(arrival);
    if (full) {
      overload.full(current);
    }
  }

  /** Lets the payload that came again go. */
  private static InboundMessage withSharedContent(InboundMessage message, InboundMessage first) {
    return new InboundMessage(
        message.epoch(),
        first.topic(),
        first.payload(),
        message.qos(),
        message.retained(),
        message.duplicate(),
        message.packetId(),
        first.properties());
  }

  /** Several times a second, on the pump's thread. */
  private void tick() {
    SessionConnection current = link;
    if (current != null) {
      overload.check(current);
    }
    if (isConnected()) {
      standing.seen(nowMillis());
    }
  }

  private void drop(ProtocolException cause) {
    connection.drop(cause);
  }

  private long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(outlet.clock().epochNanos());
  }

  /** Called by the connection, on its own thread except for messages. */
  private final class Events implements ConnectionListener {
    @Override
    public void awaitReady() throws InterruptedException {
      window.awaitHalfFree();
    }

    @Override
    public void connected(MqttTransport transport, ConnectResult result)
        throws ProtocolException, InterruptedException {
      sessionPresent = result.sessionPresent();
      lastHeardNanos = outlet.clock().epochNanos();
      if (!result.sessionPresent()) {
        redeliveries.forgetAll();
        if (expected) {
          sessionLost();
          expected = false;
        }
      }
      if (subscribed) {
        metrics.reconnected();
      }
      boolean again = subscribed && result.sessionPresent();
      // One of several brokers may have kept a session of long ago.
      if (!again || refused > 0 || setup.brokers().size() > 1) {
        subscribe(transport, again);
      }
      expected = true;
      subscribed = true;
      if (refused == 0) {
        news.state(DeviceState.ONLINE, "");
      }
    }

    private void subscribe(MqttTransport transport, boolean again)
        throws ProtocolException, InterruptedException {
      SubscribeRequests.Outcome outcome = askUntilAnswered(transport, again);
      refused = outcome.refusals().size();
      standing.granted(outcome.granted(), !sessionPresent);
      if (refused > 0) {
        news.state(DeviceState.DEGRADED, String.join("; ", outcome.refusals()));
      }
    }

    /** The answer comes behind messages that are not read while too many wait for Kafka. */
    private SubscribeRequests.Outcome askUntilAnswered(MqttTransport transport, boolean again)
        throws ProtocolException, InterruptedException {
      while (true) {
        long pauses = window.pauses();
        try {
          return SubscribeRequests.subscribe(transport, setup.subscriptions(), again);
        } catch (ProtocolException e) {
          boolean held = window.isPaused() || window.pauses() != pauses;
          if (!held || link.isOver() || !REQUEST_TIMEOUT.equals(e.status())) {
            throw e;
          }
          LOG.debug("{} asks again for its subscriptions", setup.clientId());
        }
      }
    }

    private void sessionLost() {
      String cause =
          setup.persistent()
              ? "the broker does not know the session any more, and with it what came meanwhile;"
                  + " check its session expiry and that it keeps sessions on disk"
              : "the session is clean at every connect (mqtt.session.expiry.ms=0)";
      metrics.add(Metric.SESSIONS_LOST, 1);
      metrics.gap();
      news.missing(Instant.ofEpochMilli(standing.seenMillis()), cause);
    }

    @Override
    public void messageArrived(InboundMessage message) {
      arrived(message);
    }

    @Override
    public void caughtUp() {
      inbox.messagesPut();
    }

    @Override
    public void disconnected(ProtocolException cause) {
      endLink();
      if (ReasonCode.SESSION_TAKEN_OVER.status().equals(cause.status())) {
        metrics.add(Metric.TAKE_OVERS, 1);
      }
      news.state(DeviceState.OFFLINE, cause.getMessage());
    }

    @Override
    public void failed(ProtocolException cause) {
      endLink();
      news.state(DeviceState.OFFLINE, cause.getMessage());
      outlet
          .onFailure()
          .accept(
              new FatalSourceException(
                  "The MQTT client '" + setup.clientId() + "' gives up: " + cause.getMessage(),
                  cause));
    }
  }
}
