// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.sink.WriteSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.connection.BrokerConnection;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.function.Consumer;

/** Publishes over one connection. The window is the broker's receive maximum. */
public final class PublishSession implements WriteSession<OutboundMessage> {
  private final BrokerConnection connection;

  public PublishSession(BrokerConnection connection) {
    this.connection = connection;
  }

  /** Ignores messages: a sink subscribes to nothing. */
  @Override
  public void open(ConnectionEnd end) throws ProtocolException, InterruptedException {
    connection.connect(TransportListener.DEAF, end::lost);
  }

  @Override
  public boolean write(OutboundMessage message, Consumer<WriteResult> callback) {
    return connection.transport().publish(message, result -> callback.accept(writeResult(result)));
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
