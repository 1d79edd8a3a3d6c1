// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;
import java.time.Duration;
import java.util.List;

/**
 * One connection to one broker, from {@link #connect} to {@link #close}; whoever wants another
 * connection makes another transport. Thread-safe.
 */
public interface MqttTransport extends AutoCloseable {

  /**
   * Connects. Called once, on the caller's thread, which waits up to the connect timeout; {@link
   * #close} ends the wait. With a session the broker sends what it kept at once, so that messages
   * may reach {@code listener} before this method returns.
   *
   * @throws ProtocolException when there is no connection; the transport is closed then
   */
  ConnectResult connect(TransportListener listener) throws ProtocolException, InterruptedException;

  /**
   * Subscribes, on the caller's thread, which waits up to the connect timeout. Not to be called by
   * a {@link TransportListener}: the answer comes on the thread that calls it.
   *
   * @return one result a subscription, in their order; refused ones are results too
   * @throws ProtocolException when no answer came
   */
  List<SubscribeResult> subscribe(List<Subscription> subscriptions)
      throws ProtocolException, InterruptedException;

  /**
   * Ends subscriptions. Waits as {@link #subscribe} does. Filters that were not subscribed to do
   * not matter.
   */
  void unsubscribe(List<String> filters) throws ProtocolException, InterruptedException;

  /**
   * Acknowledges a message of QoS 1 or 2 to the broker. Does not block. Nothing happens when the
   * message came over another connection: its packet identifier means another message by now, and
   * the broker delivers the message again anyway. The caller keeps the order ([MQTT-4.6.0-2]).
   */
  void acknowledge(InboundMessage message);

  /**
   * Stops reading from the broker, or goes on, so that the broker is slowed down by the flow
   * control of TCP. A few messages that were read already still arrive. While reading stands still,
   * no answer of the broker is seen, that to the keep-alive ping included, so it may last half the
   * keep-alive time at most. Does not block; a transport that cannot do so ignores it.
   */
  default void reading(boolean on) {
    // Whoever asks has to disconnect in the end anyway.
  }

  /**
   * Sends a message unless the window is full. Does not block. Messages are sent in the order of
   * the calls.
   *
   * @param callback called once with the outcome if this method returns true, possibly before it
   *     does, on any thread; must not block
   * @return false when nothing was sent, because the window is full or the connection is over
   */
  boolean publish(OutboundMessage message, PublishCallback callback);

  /**
   * Waits for room in the window. There is room once the callback of an earlier publication has
   * returned.
   *
   * @return whether there is room; false when the time is up or the connection is over
   */
  boolean awaitWindow(Duration timeout) throws InterruptedException;

  /** How many messages were published without an outcome yet. */
  int inFlight();

  /**
   * Says farewell to the broker, so that it publishes no will, and closes. What was acknowledged
   * before is sent before. Waits up to {@code timeout}, also for messages in flight.
   */
  void disconnect(Duration timeout) throws InterruptedException;

  /**
   * Ends the connection without a farewell, at any moment and from any thread, those of the
   * listener included. Returns at once; what there is to clean up is cleaned up on a thread of the
   * transport. Messages in flight end as {@link PublishResult.Outcome#RETRY}; the listener hears
   * nothing more. Idempotent.
   */
  @Override
  void close();
}
