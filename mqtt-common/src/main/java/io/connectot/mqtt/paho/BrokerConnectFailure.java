// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.inbound.ConnectAcknowledgement;
import io.connectot.mqtt.inbound.ForeignProtocol;
import io.connectot.mqtt.inbound.InboundPackets;
import io.connectot.mqtt.socket.BrokerSocket;
import io.connectot.mqtt.transport.BrokerErrors;
import io.connectot.mqtt.transport.Refusal;
import java.util.Optional;

/** Finds out why a connect failed, from what the broker sent rather than from what Paho reports. */
final class BrokerConnectFailure {
  private final BrokerSocket socket;
  private final MqttClientSettings settings;
  private final InboundPackets inbound;

  BrokerConnectFailure(BrokerSocket socket, MqttClientSettings settings, InboundPackets inbound) {
    this.socket = socket;
    this.settings = settings;
    this.inbound = inbound;
  }

  /**
   * The cause for an operator.
   *
   * @param thrown as reported by Paho or by the transport
   */
  ProtocolException of(Throwable thrown) {
    BrokerAddress broker = socket.broker();
    Optional<ForeignProtocol> foreign = inbound.foreignProtocol();
    if (foreign.isPresent()) {
      return BrokerErrors.foreign(broker, foreign.get().text(), foreign.get().remedy());
    }
    Optional<ConnectAcknowledgement> answer = inbound.connectAcknowledgement();
    if (answer.isPresent() && isRefusal(answer.get())) {
      return refused(broker, answer.get());
    }
    if (thrown instanceof ProtocolException known) {
      return known;
    }
    return socket
        .failure()
        .orElseGet(
            () ->
                answer.isPresent()
                    ? BrokerErrors.lost(broker, thrown)
                    : BrokerErrors.notAccepted(
                        broker, settings.version(), settings.clientId(), thrown));
  }

  private boolean isRefusal(ConnectAcknowledgement answer) {
    return answer.code() != 0 || answer.version() != settings.version();
  }

  private ProtocolException refused(BrokerAddress broker, ConnectAcknowledgement answer) {
    if (settings.version() == MqttVersion.V3) {
      return BrokerErrors.refusedV3(broker, answer.code());
    }
    if (answer.version() == MqttVersion.V3) {
      return BrokerErrors.withoutVersion5(broker);
    }
    return BrokerErrors.refused(
        broker, new Refusal(answer.code(), answer.reason(), answer.serverReference()));
  }
}
