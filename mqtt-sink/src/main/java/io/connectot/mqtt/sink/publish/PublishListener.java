// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.publish;

import io.connectot.core.sink.WriteDispatcher;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionListener;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;

/** Passes the connections of a sink task to its dispatcher. */
public final class PublishListener implements ConnectionListener {
  private final WriteDispatcher<OutboundMessage> dispatcher;

  public PublishListener(WriteDispatcher<OutboundMessage> dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void connected(MqttTransport transport, ConnectResult result) {
    dispatcher.connected(new PublishSession(transport));
  }

  @Override
  public void messageArrived(InboundMessage message) {
    // A sink subscribes to nothing; another client subscribed with this session.
  }

  @Override
  public void disconnected(ProtocolException cause) {
    dispatcher.disconnected(cause);
  }

  @Override
  public void failed(ProtocolException cause) {
    dispatcher.failed(cause);
  }
}
