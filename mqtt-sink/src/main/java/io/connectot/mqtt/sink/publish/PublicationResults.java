// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.CommandResult.State;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.publish.ResultTopic;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Publishes what became of messages to the result topic: one result for each record, which is
 * settled once Kafka has the result. Thread-safe.
 */
public final class PublicationResults {
  private final ResultTopic topic;
  private final Clock clock;

  public PublicationResults(ResultTopic topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  Instant now() {
    return clock.wall().instant();
  }

  /** A record of which there is no message. */
  void rejected(Publication publication, Consumer<WriteResult> settled) {
    settle(publication, State.REJECTED, null, publication.problem(), settled);
  }

  /**
   * A message has an outcome.
   *
   * @param sent when it was sent
   * @param settled takes the result of its record
   */
  void answered(
      Publication publication, Instant sent, PublishResult result, Consumer<WriteResult> settled) {
    if (result.isSent()) {
      publication.sent(sent);
    }
    switch (result.outcome()) {
      case RETRY -> settled.accept(new WriteResult(Outcome.RETRY, result.reason()));
      case REFUSED ->
          settle(
              publication,
              result.isSent() ? State.FAILED : State.REJECTED,
              result.reason(),
              Remedies.refusal(publication.message().topic(), result.reason()),
              settled);
      case DONE -> {
        if (publication.message().qos() == 0) {
          String cause = "brokers do not acknowledge QoS 0; set mqtt.qos to 1 or 2";
          settle(publication, State.UNKNOWN, null, cause, settled);
        } else {
          settle(publication, State.DONE, result.reason(), null, settled);
        }
      }
    }
  }

  /**
   * Settles a record that has a result, once Kafka has it.
   *
   * @return whether it has one
   */
  boolean settled(Publication publication, Consumer<WriteResult> settled) {
    CompletionStage<WriteResult> published = publication.result();
    if (published == null) {
      return false;
    }
    published.thenAccept(settled);
    return true;
  }

  private void settle(
      Publication publication,
      State state,
      String status,
      String cause,
      Consumer<WriteResult> settled) {
    synchronized (publication) {
      // A message that is sent again for the sake of the order has its result already.
      if (publication.result() == null) {
        boolean done = state == State.DONE || state == State.UNKNOWN;
        WriteResult outcome = new WriteResult(done ? Outcome.DONE : Outcome.REPORTED, "");
        publication.result(
            topic
                .publish(result(publication, state, status, cause))
                .thenApply(published -> outcome));
      }
    }
    settled(publication, settled);
  }

  private CommandResult result(Publication publication, State state, String status, String cause) {
    OutboundMessage message = publication.message();
    return new CommandResult(
        message == null ? "" : message.topic(),
        null,
        publication.origin(),
        state,
        false,
        status,
        cause,
        message == null ? null : value(message.payload()),
        null,
        publication.attempts(),
        publication.started(),
        now());
  }

  private static Value value(byte[] payload) {
    return text(payload).<Value>map(TextValue::new).orElseGet(() -> new BytesValue(payload));
  }

  /** Bytes as a text, if they are UTF-8. */
  public static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
