// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * Is notified when Kafka has a message: usually the session's own object of the message, which it
 * then acknowledges to the field. Called on whatever thread commits records or delivers messages,
 * under a lock of the runtime: must not block, must not call the {@link StreamSink}, and must not
 * wait for a thread that does.
 */
public interface Ack {
  /** For a message of which the field expects no acknowledgement; costs the runtime nothing. */
  Ack NONE =
      new Ack() {
        @Override
        public void delivered() {
          // The field does not wait.
        }

        @Override
        public void stale() {
          // The field does not wait.
        }
      };

  /**
   * The message is accepted, and its records are about to be queued. Called once, during {@link
   * StreamSink#deliver}, before any other method.
   *
   * @param delivery what to name in {@link Message#redeliveryOf} when the field sends the message
   *     again; of no other use
   */
  default void accepted(Delivery delivery) {
    // Most protocols do not send messages again that they can recognise.
  }

  /**
   * Kafka has this message and all messages before it on this connection that are to be
   * acknowledged. Called in the order of delivery, at most once.
   */
  void delivered();

  /**
   * Kafka has this message, but the connection that it came over is over, or the same message came
   * again since. Called instead of {@link #delivered}, at most once; never when the task ends
   * before Kafka has the message.
   */
  void stale();
}
