// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * What to subscribe to.
 *
 * @param filter a topic filter, {@code $share/group/…} included
 * @param qos the highest wanted, 0 to 2
 * @param noLocal whether own publications stay away; MQTT 5 only
 * @param retainAsPublished whether the retain flag stays as published; MQTT 5 only
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

  /** A plain subscription. */
  public static Subscription of(String filter, int qos) {
    return new Subscription(filter, qos, false, false, RetainHandling.ALWAYS);
  }
}
