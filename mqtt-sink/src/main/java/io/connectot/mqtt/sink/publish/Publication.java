// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.model.CommandResult.Origin;
import io.connectot.core.sink.WriteResult;
import io.connectot.mqtt.transport.OutboundMessage;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** The message of a record, or why there is none, and how far its result is. Thread-safe. */
public final class Publication {
  private final Origin origin;
  private final OutboundMessage message;
  private final String problem;

  /** How often it was sent. Guarded by this, as the fields below. */
  private int attempts;

  /** When it was first sent; null before that. */
  private Instant started;

  /** Is complete when Kafka has the result; null while there is no result. */
  private CompletionStage<WriteResult> result;

  private Publication(Origin origin, OutboundMessage message, String problem) {
    this.origin = origin;
    this.message = message;
    this.problem = problem;
  }

  /** A message to publish. */
  public static Publication of(Origin origin, OutboundMessage message) {
    return new Publication(origin, message, null);
  }

  /**
   * A record of which there is no message.
   *
   * @param problem the cause
   */
  public static Publication impossible(Origin origin, String problem) {
    return new Publication(origin, null, problem);
  }

  /** The record. */
  public Origin origin() {
    return origin;
  }

  /** The message; null if there is none. */
  public OutboundMessage message() {
    return message;
  }

  /** Why there is no message; null if there is one. */
  public String problem() {
    return problem;
  }

  /** The message was sent at an instant, and has an outcome. */
  synchronized void sent(Instant instant) {
    attempts++;
    if (started == null) {
      started = instant;
    }
  }

  synchronized int attempts() {
    return attempts;
  }

  synchronized Instant started() {
    return started;
  }

  /** Is complete when Kafka has the result, with what became of the message; null before. */
  synchronized CompletionStage<WriteResult> result() {
    return result;
  }

  synchronized void result(CompletionStage<WriteResult> published) {
    result = published;
  }
}
