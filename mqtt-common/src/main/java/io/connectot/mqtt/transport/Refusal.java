// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * What a broker says when it refuses or ends a connection.
 *
 * @param code reason code of MQTT 5
 * @param reason the broker's own words; empty for none
 * @param serverReference the brokers to use instead; empty for none
 */
public record Refusal(int code, String reason, String serverReference) {

  /** With the remedy. */
  String text() {
    return ReasonCode.status(code) + (reason.isEmpty() ? "" : " (" + reason + ")") + remedy();
  }

  private String remedy() {
    ReasonCode known = ReasonCode.of(code);
    if (known == null) {
      return "";
    }
    return switch (known) {
      case UNSUPPORTED_PROTOCOL_VERSION -> "; set mqtt.version to 3 or 5, as the broker supports";
      case CLIENT_IDENTIFIER_NOT_VALID -> "; set mqtt.client.id to an id that the broker allows";
      case BAD_USER_NAME_OR_PASSWORD ->
          "; check mqtt.username and mqtt.password or mqtt.password.file";
      case NOT_AUTHORIZED ->
          "; check mqtt.username and mqtt.password or mqtt.password.file, and that the broker"
              + " allows mqtt.client.id, the will and the topics to this user";
      case BANNED -> "; remove the client from the broker's list of banned clients";
      case BAD_AUTHENTICATION_METHOD ->
          "; the broker requires enhanced authentication, which the connector does not support:"
              + " allow user and password or a client certificate at the broker";
      case TOPIC_NAME_INVALID -> "; check mqtt.will.topic";
      case PACKET_TOO_LARGE -> "; raise the broker's maximum packet size";
      case QUOTA_EXCEEDED -> "; check the broker's limits of clients, sessions and subscriptions";
      case RETAIN_NOT_SUPPORTED -> "; the broker keeps no retained messages: check the will";
      case QOS_NOT_SUPPORTED -> "; the broker does not support this QoS: check the will";
      case USE_ANOTHER_SERVER, SERVER_MOVED ->
          serverReference.isEmpty()
              ? "; ask its operator for the address of another broker, and set mqtt.brokers to it"
              : "; it refers to '" + serverReference + "': set mqtt.brokers to this address";
      case CONNECTION_RATE_EXCEEDED, MESSAGE_RATE_TOO_HIGH ->
          "; raise the broker's limit of its rate";
      default -> "";
    };
  }
}
