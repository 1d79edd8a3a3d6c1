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
import io.connectot.mqtt.transport.Refusal;
import io.connectot.mqtt.transport.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** An MQTT 5 connection. */
final class V5Transport extends PahoTransport<IMqttToken> {
  private final Optional<Will> will;

  /** Null before connect; written before other threads see it. */
  private volatile V5Client client;

  V5Transport(
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
    V5Client created = new V5Client(settings().clientId(), this, threads());
    client = created;
    created.setCallback(new Callback());
    created.connect(options(), null, new Answer(request));
  }

  private MqttConnectionOptions options() throws ProtocolException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(settings().cleanSession());
    options.setSessionExpiryInterval(Seconds.ofLong(settings().sessionExpiry()));
    options.setKeepAliveInterval(Seconds.of(settings().keepAlive()));
    options.setReceiveMaximum(settings().receiveMaximum());
    options.setMaximumPacketSize((long) settings().maximumPacketSize());
    // Paho resolves inbound aliases among its own topics and ends the connection.
    options.setTopicAliasMaximum(0);
    options.setUseSubscriptionIdentifiers(false);
    options.setRequestProblemInfo(true);
    settings().username().ifPresent(options::setUserName);
    settings()
        .password()
        .ifPresent(
            password -> options.setPassword(password.value().getBytes(StandardCharsets.UTF_8)));
    will.ifPresent(last -> setWill(options, last));
    return options;
  }

  private static void setWill(MqttConnectionOptions options, Will will) {
    MqttProperties properties = new MqttProperties();
    if (!will.delay().isZero()) {
      properties.setWillDelayInterval(Seconds.ofLong(will.delay()));
    }
    options.setWillMessageProperties(properties);
    options.setWill(
        will.topic(), new MqttMessage(will.payload(), will.qos(), will.retained(), properties));
  }

  @Override
  ConnectResult connected(IMqttToken answer) {
    ConnectResult result = V5Properties.connected(answer, settings());
    if (!result.limits().keepAlive().equals(settings().keepAlive())) {
      client.setKeepAlive(Seconds.of(result.limits().keepAlive()));
    }
    return result;
  }

  private static boolean isReason(int code) {
    return code >= ReasonCode.FIRST_ERROR && code <= 0xFF;
  }

  @Override
  void startSubscribe(List<Subscription> subscriptions, PendingRequest<IMqttToken> request)
      throws MqttException {
    client.subscribe(
        subscriptions.stream().map(V5Properties::subscription).toArray(MqttSubscription[]::new),
        null,
        new Answer(request),
        new MqttProperties());
  }

  @Override
  int[] granted(IMqttToken answer) {
    return answer.getReasonCodes() == null ? new int[0] : answer.getReasonCodes();
  }

  @Override
  void startUnsubscribe(List<String> filters, PendingRequest<IMqttToken> request)
      throws MqttException {
    client.unsubscribe(
        filters.toArray(String[]::new), null, new Answer(request), new MqttProperties());
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
        new MqttMessage(
            message.payload(),
            message.qos(),
            message.retained(),
            V5Properties.write(message.properties())),
        null,
        new Outcome(publication));
  }

  @Override
  PublishResult publishFailure(Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      return PublishResult.refused(ReasonCode.TOPIC_NAME_INVALID);
    }
    // A refusing PUBREC ends the connection with the code of that publication.
    if (cause instanceof MqttException e && isReason(e.getReasonCode())) {
      return PublishResult.of(e.getReasonCode());
    }
    return PublishResult.retry(BrokerErrors.lost(socket().broker(), cause).getMessage());
  }

  @Override
  void startDisconnect(Duration quiesce, PendingRequest<IMqttToken> request) throws MqttException {
    client.disconnect(quiesce.toMillis(), null, new Answer(request), 0, new MqttProperties());
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
    public void disconnected(MqttDisconnectResponse response) {
      if (response.getException() != null) {
        lost(
            new ConnectionLoss(
                BrokerErrors.lost(socket().broker(), response.getException()), false));
        return;
      }
      int code = response.getReturnCode();
      lost(
          new ConnectionLoss(
              BrokerErrors.refused(
                  socket().broker(),
                  new Refusal(
                      code, text(response.getReasonString()), text(response.getServerReference()))),
              code == ReasonCode.SESSION_TAKEN_OVER.code()));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      // Paho also ends the connection and reports it.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // Every publication has its own listener.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
      // The connecting thread waits for the response itself.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
      failed(new UnsupportedOperationException("the broker asks for enhanced authentication"));
    }
  }

  private static String text(String orNull) {
    return orNull == null ? "" : orNull;
  }

  private record Answer(PendingRequest<IMqttToken> request) implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      request.answered(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      request.failed(cause);
    }
  }

  private final class Outcome implements MqttActionListener {
    private final OutstandingPublication publication;

    Outcome(OutstandingPublication publication) {
      this.publication = publication;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      publication.complete(
          codes == null || codes.length == 0
              ? PublishResult.SUCCESS
              : PublishResult.of(codes[codes.length - 1]));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      publication.complete(publishFailure(cause));
    }
  }
}
