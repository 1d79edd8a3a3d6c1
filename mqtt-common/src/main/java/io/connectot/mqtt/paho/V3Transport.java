// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.inbound.ReceivedIds;
import io.connectot.mqtt.socket.BrokerSocket;
import io.connectot.mqtt.transport.BrokerErrors;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** An MQTT 3.1.1 connection. */
final class V3Transport extends PahoTransport<IMqttToken> {
  private static final int MOST_IN_FLIGHT = 65_535;

  /** The broker announces no limit; more would only queue in this process. */
  private static final int WINDOW = 1000;

  private static final int LONGEST_PACKET = 268_435_460;

  private final Optional<Will> will;

  /** Null before connect; written before other threads see it. */
  private volatile V3Client client;

  V3Transport(
      long epoch,
      BrokerSocket socket,
      MqttClientSettings settings,
      ReceivedIds received,
      SessionExpiryCheck expiry,
      Optional<Will> will) {
    super(epoch, socket, settings, received, expiry);
    this.will = will;
  }

  @Override
  void startConnect(PendingRequest<IMqttToken> request) throws MqttException, ProtocolException {
    V3Client created = new V3Client(settings().clientId(), this, threads());
    client = created;
    created.setCallback(new Callback());
    created.connect(options(), null, new Answer(request));
  }

  private MqttConnectOptions options() throws ProtocolException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setAutomaticReconnect(false);
    options.setCleanSession(settings().cleanSession());
    options.setKeepAliveInterval(Seconds.of(settings().keepAlive()));
    options.setMaxInflight(MOST_IN_FLIGHT);
    settings().username().ifPresent(options::setUserName);
    settings()
        .password()
        .ifPresent(password -> options.setPassword(password.value().toCharArray()));
    will.ifPresent(
        last -> options.setWill(last.topic(), last.payload(), last.qos(), last.retained()));
    return options;
  }

  @Override
  ConnectResult connected(IMqttToken answer) {
    return new ConnectResult(
        answer.getSessionPresent(),
        new ConnectResult.ServerLimits(
            WINDOW, 2, LONGEST_PACKET, settings().keepAlive(), true, true, true, ""));
  }

  @Override
  void startSubscribe(List<Subscription> subscriptions, PendingRequest<IMqttToken> request)
      throws MqttException {
    client.subscribe(
        subscriptions.stream().map(Subscription::filter).toArray(String[]::new),
        subscriptions.stream().mapToInt(Subscription::qos).toArray(),
        null,
        new Answer(request));
  }

  @Override
  int[] granted(IMqttToken answer) {
    return answer.getGrantedQos();
  }

  @Override
  void startUnsubscribe(List<String> filters, PendingRequest<IMqttToken> request)
      throws MqttException {
    client.unsubscribe(filters.toArray(String[]::new), null, new Answer(request));
  }

  @Override
  void bytesArrived() {
    client.bytesArrived();
  }

  @Override
  void startPublish(OutboundMessage message, OutstandingPublication publication)
      throws MqttException {
    client.publish(
        message.topic(),
        message.payload(),
        message.qos(),
        message.retained(),
        null,
        new Outcome(publication));
  }

  @Override
  PublishResult publishFailure(Throwable cause) {
    return cause instanceof IllegalArgumentException
        ? PublishResult.refused(ReasonCode.TOPIC_NAME_INVALID)
        : PublishResult.retry(BrokerErrors.lost(socket().broker(), cause).getMessage());
  }

  @Override
  void startDisconnect(Duration quiesce, PendingRequest<IMqttToken> request) throws MqttException {
    client.disconnect(quiesce.toMillis(), null, new Answer(request));
  }

  @Override
  void stopLibrary() throws MqttException {
    if (client != null) {
      client.disconnectForcibly(0, 1, false);
    }
  }

  @Override
  void closeLibrary() throws MqttException {
    if (client != null) {
      client.close(true);
    }
  }

  private final class Callback implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      failed(new IllegalStateException("a message that the library was not to see"));
    }

    @Override
    public void connectionLost(Throwable cause) {
      lost(new ConnectionLoss(BrokerErrors.lost(socket().broker(), cause), false));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Every publication has its own listener.
    }
  }

  private record Answer(PendingRequest<IMqttToken> request) implements IMqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      request.answered(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      // Paho reports a refusing SUBACK as a failure; here it is a response.
      if (token != null && token.getGrantedQos() != null && token.getGrantedQos().length > 0) {
        request.answered(token);
      } else {
        request.failed(cause);
      }
    }
  }

  private final class Outcome implements IMqttActionListener {
    private final OutstandingPublication publication;

    Outcome(OutstandingPublication publication) {
      this.publication = publication;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      publication.complete(PublishResult.SUCCESS);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      publication.complete(publishFailure(cause));
    }
  }
}
