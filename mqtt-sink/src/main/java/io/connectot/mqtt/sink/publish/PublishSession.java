// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.WriteSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.transport.PublishCallback;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Publishes over one connection. The window is the broker's receive maximum. */
public final class PublishSession implements WriteSession<Publication> {
  private final BrokerConnection connection;
  private final Optional<PublicationResults> results;

  /** Partitions with a message on this connection. Owned by the thread that writes. */
  private final Set<TopicPartition> begun = new HashSet<>();

  /**
   * @param results empty if only the queue of the task wants to know what became of messages
   */
  public PublishSession(BrokerConnection connection, Optional<PublicationResults> results) {
    this.connection = connection;
    this.results = results;
  }

  /** Ignores messages: a sink subscribes to nothing. */
  @Override
  public void open(ConnectionEnd end) throws ProtocolException, InterruptedException {
    connection.connect(TransportListener.DEAF, end::lost);
  }

  @Override
  public boolean write(Publication publication, Consumer<WriteResult> callback) {
    return results.isPresent()
        ? write(publication, results.get(), callback)
        : publish(publication, result -> callback.accept(writeResult(result)));
  }

  private boolean publish(Publication publication, PublishCallback callback) {
    return connection.transport().publish(publication.message(), callback);
  }

  private boolean write(
      Publication publication, PublicationResults to, Consumer<WriteResult> callback) {
    if (publication.message() == null) {
      to.rejected(publication, callback);
      return true;
    }
    TopicPartition partition =
        new TopicPartition(publication.origin().topic(), publication.origin().partition());
    // Behind a message that is sent again, so that subscribers get the last one last.
    if (!begun.contains(partition) && to.settled(publication, callback)) {
      return true;
    }
    Instant now = to.now();
    boolean sent = publish(publication, result -> to.answered(publication, now, result, callback));
    if (sent) {
      begun.add(partition);
    }
    return sent;
  }

  private static WriteResult writeResult(PublishResult result) {
    Outcome outcome =
        switch (result.outcome()) {
          case DONE -> Outcome.DONE;
          case RETRY -> Outcome.RETRY;
          case REFUSED -> Outcome.REFUSED;
        };
    return new WriteResult(outcome, result.reason());
  }

  @Override
  public boolean awaitWindow(Duration timeout) throws InterruptedException {
    return connection.transport().awaitWindow(timeout);
  }

  @Override
  public int inFlight() {
    return connection.transport().inFlight();
  }

  @Override
  public void close() {
    connection.close();
  }
}
