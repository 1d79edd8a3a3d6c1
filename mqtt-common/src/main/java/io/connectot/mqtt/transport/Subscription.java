// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * A subscription request.
 *
 * @param filter a topic filter, including {@code $share/group/…}
 * @param qos the maximum QoS, 0 to 2
 * @param noLocal whether the client's own publications are excluded; MQTT 5 only
 * @param retainAsPublished whether messages keep their retain flag; MQTT 5 only
 * @param retainHandling MQTT 5 only
 */
public record Subscription(
    String filter,
    int qos,
    boolean noLocal,
    boolean retainAsPublished,
    RetainHandling retainHandling) {

  /** When the broker sends retained messages (MQTT 5.0 §3.8.3.1). */
  public enum RetainHandling {
    ALWAYS(0),
    IF_NEW(1),
    NEVER(2);

    private final int code;

    RetainHandling(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  public Subscription {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS " + qos + " of " + filter + ": must be 0 to 2");
    }
  }

  /** A subscription with default options. */
  public static Subscription of(String filter, int qos) {
    return new Subscription(filter, qos, false, false, RetainHandling.ALWAYS);
  }
}
