// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import java.util.List;

/**
 * The broker's response to one subscription.
 *
 * @param grantedQos 0 to 2; -1 when refused
 * @param reason the reason code and its name
 */
public record SubscribeResult(Subscription subscription, int grantedQos, String reason) {
  public static SubscribeResult of(Subscription subscription, int code) {
    return new SubscribeResult(
        subscription, code < ReasonCode.FIRST_ERROR ? code : -1, describe(code));
  }

  private static String describe(int code) {
    return code < ReasonCode.FIRST_ERROR ? "granted QoS " + code : ReasonCode.status(code);
  }

  /** Whether the subscription was granted. */
  public boolean granted() {
    return grantedQos >= 0;
  }

  /** One result for each code. */
  public static List<SubscribeResult> of(List<Subscription> subscriptions, int[] codes) {
    SubscribeResult[] results = new SubscribeResult[codes.length];
    for (int i = 0; i < codes.length; i++) {
      results[i] = of(subscriptions.get(i), codes[i]);
    }
    return List.of(results);
  }
}
