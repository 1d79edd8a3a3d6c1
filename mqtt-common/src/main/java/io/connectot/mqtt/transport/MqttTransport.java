// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.List;

/**
 * One connection to one broker, from {@link #connect} to {@link #close}. A new connection needs a
 * new transport. Thread-safe.
 */
public interface MqttTransport extends AutoCloseable {

  /**
   * Connects. Called once; blocks the caller up to the connect timeout; {@link #close} ends the
   * wait. A broker that has a session may deliver messages to {@code listener} before this method
   * returns.
   *
   * @throws ProtocolException when connecting failed; the transport is closed
   */
  ConnectResult connect(TransportListener listener) throws ProtocolException, InterruptedException;

  /**
   * Subscribes; blocks the caller up to the connect timeout. Must not be called by a {@link
   * TransportListener}: the response arrives on the listener's thread.
   *
   * @return one result for each subscription, in order, including refused ones
   * @throws ProtocolException when no response arrived
   */
  List<SubscribeResult> subscribe(List<Subscription> subscriptions)
      throws ProtocolException, InterruptedException;

  /** Unsubscribes. Blocks like {@link #subscribe}. Unknown filters are ignored. */
  void unsubscribe(List<String> filters) throws ProtocolException, InterruptedException;

  /**
   * Acknowledges a message of QoS 1 or 2. Does not block. Ignored when the message arrived over
   * another connection: its packet identifier now belongs to another message, and the broker
   * redelivers the message anyway. The caller acknowledges in order ([MQTT-4.6.0-2]).
   */
  void acknowledge(InboundMessage message);

  /**
   * Pauses or resumes reading, so that TCP flow control slows the broker down. A few messages that
   * were already read still arrive. While paused, no response of the broker is seen, including that
   * to the keep-alive ping; a pause must be shorter than half the keep-alive time. Does not block;
   * optional.
   */
  default void reading(boolean on) {
    // Callers disconnect when pausing does not help.
  }

  /**
   * Sends a message unless the window is full. Does not block. Messages are sent in call order.
   *
   * @param callback called once with the outcome if this method returns true, possibly before it
   *     returns, on any thread; must not block
   * @return false when nothing was sent because the window is full or the connection ended
   */
  boolean publish(OutboundMessage message, PublishCallback callback);

  /**
   * Waits for room in the window. A slot is free once the callback of its publication has returned.
   *
   * @return whether there is room; false on timeout or when the connection ended
   */
  boolean awaitWindow(Duration timeout) throws InterruptedException;

  /** Number of publications without an outcome. */
  int inFlight();

  /**
   * Sends DISCONNECT, so that the broker publishes no will, and closes. Earlier acknowledgements
   * are sent first. Waits up to {@code timeout}, also for messages in flight.
   */
  void disconnect(Duration timeout) throws InterruptedException;

  /**
   * Closes the connection without DISCONNECT. Callable at any time from any thread, including the
   * listener's. Returns immediately; clean-up continues on a thread of the transport. Messages in
   * flight end as {@link PublishResult.Outcome#RETRY}; the listener is not called again.
   * Idempotent.
   */
  @Override
  void close();
}
