// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The error reason codes of MQTT 5.0 §2.4, and those of accepted messages. */
public enum ReasonCode {
  SUCCESS(0x00),
  NO_MATCHING_SUBSCRIBERS(0x10),
  UNSPECIFIED_ERROR(0x80),
  MALFORMED_PACKET(0x81),
  PROTOCOL_ERROR(0x82),
  IMPLEMENTATION_SPECIFIC_ERROR(0x83),
  UNSUPPORTED_PROTOCOL_VERSION(0x84),
  CLIENT_IDENTIFIER_NOT_VALID(0x85),
  BAD_USER_NAME_OR_PASSWORD(0x86),
  NOT_AUTHORIZED(0x87),
  SERVER_UNAVAILABLE(0x88),
  SERVER_BUSY(0x89),
  BANNED(0x8A),
  SERVER_SHUTTING_DOWN(0x8B),
  BAD_AUTHENTICATION_METHOD(0x8C),
  KEEP_ALIVE_TIMEOUT(0x8D),
  SESSION_TAKEN_OVER(0x8E),
  TOPIC_FILTER_INVALID(0x8F),
  TOPIC_NAME_INVALID(0x90),
  PACKET_IDENTIFIER_IN_USE(0x91),
  PACKET_IDENTIFIER_NOT_FOUND(0x92),
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  TOPIC_ALIAS_INVALID(0x94),
  PACKET_TOO_LARGE(0x95),
  MESSAGE_RATE_TOO_HIGH(0x96),
  QUOTA_EXCEEDED(0x97),
  ADMINISTRATIVE_ACTION(0x98),
  PAYLOAD_FORMAT_INVALID(0x99),
  RETAIN_NOT_SUPPORTED(0x9A),
  QOS_NOT_SUPPORTED(0x9B),
  USE_ANOTHER_SERVER(0x9C),
  SERVER_MOVED(0x9D),
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E),
  CONNECTION_RATE_EXCEEDED(0x9F),
  MAXIMUM_CONNECT_TIME(0xA0),
  SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1),
  WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2);

  /** First error code. */
  public static final int FIRST_ERROR = 0x80;

  private static final Map<Integer, ReasonCode> BY_CODE = new HashMap<>();

  static {
    for (ReasonCode reason : values()) {
      BY_CODE.put(reason.code, reason);
    }
  }

  private final int code;

  ReasonCode(int code) {
    this.code = code;
  }

  /** The code in the packet. */
  public int code() {
    return code;
  }

  /** The reason with a code; null for none. */
  static ReasonCode of(int code) {
    return BY_CODE.get(code);
  }

  /** Code and name, e.g. {@code 0x87 NOT_AUTHORIZED}. */
  public String status() {
    return status(code);
  }

  /** Code and name of any code, e.g. for logs. */
  static String status(int code) {
    ReasonCode reason = BY_CODE.get(code);
    return String.format(Locale.ROOT, "0x%02X", code) + (reason == null ? "" : " " + reason.name());
  }

  /** Whether the error is temporary: load, quota, shutdown of the broker. */
  static boolean isTransient(int code) {
    ReasonCode reason = BY_CODE.get(code);
    if (reason == null) {
      return true;
    }
    return switch (reason) {
      // 0x80 and 0x83 are not temporary: brokers also send them for permanent refusals.
      case SERVER_UNAVAILABLE,
          SERVER_BUSY,
          SERVER_SHUTTING_DOWN,
          KEEP_ALIVE_TIMEOUT,
          SESSION_TAKEN_OVER,
          PACKET_IDENTIFIER_IN_USE,
          PACKET_IDENTIFIER_NOT_FOUND,
          RECEIVE_MAXIMUM_EXCEEDED,
          MESSAGE_RATE_TOO_HIGH,
          QUOTA_EXCEEDED,
          ADMINISTRATIVE_ACTION,
          USE_ANOTHER_SERVER,
          CONNECTION_RATE_EXCEEDED,
          MAXIMUM_CONNECT_TIME ->
          true;
      default -> false;
    };
  }
}
