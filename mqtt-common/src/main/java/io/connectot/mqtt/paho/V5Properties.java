// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.Subscription;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Converts between Paho's properties and this project's. */
final class V5Properties {
  /** Defaults of absent properties (MQTT 5.0 §3.2.2.3). */
  private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;

  private static final long DEFAULT_PACKET_SIZE = 268_435_460;

  private V5Properties() {}

  static MqttProperties write(MessageProperties from) {
    MqttProperties to = new MqttProperties();
    if (!from.userProperties().isEmpty()) {
      to.setUserProperties(
          from.userProperties().stream()
              .map(
                  property ->
                      new org.eclipse.paho.mqttv5.common.packet.UserProperty(
                          property.name(), property.value()))
              .toList());
    }
    from.contentType().ifPresent(to::setContentType);
    from.responseTopic().ifPresent(to::setResponseTopic);
    from.correlationData().ifPresent(to::setCorrelationData);
    from.expiry().ifPresent(expiry -> to.setMessageExpiryInterval(Seconds.ofLong(expiry)));
    if (from.utf8()) {
      to.setPayloadFormat(true);
    }
    return to;
  }

  static MqttSubscription subscription(Subscription from) {
    MqttSubscription to = new MqttSubscription(from.filter(), from.qos());
    to.setNoLocal(from.noLocal());
    to.setRetainAsPublished(from.retainAsPublished());
    to.setRetainHandling(from.retainHandling().code());
    return to;
  }

  static ConnectResult connected(IMqttToken answer, MqttClientSettings settings) {
    MqttProperties given =
        Optional.ofNullable(answer.getResponseProperties()).orElseGet(MqttProperties::new);
    return new ConnectResult(
        answer.getSessionPresent(),
        new ConnectResult.ServerLimits(
            or(given.getReceiveMaximum(), DEFAULT_RECEIVE_MAXIMUM),
            or(given.getMaximumQoS(), 2),
            or(given.getMaximumPacketSize(), DEFAULT_PACKET_SIZE),
            Optional.ofNullable(given.getServerKeepAlive())
                .map(seconds -> Duration.ofSeconds(seconds))
                .orElse(settings.keepAlive()),
            given.isRetainAvailable(),
            given.isWildcardSubscriptionsAvailable(),
            given.isSharedSubscriptionAvailable(),
            or(given.getAssignedClientIdentifier(), "")));
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
