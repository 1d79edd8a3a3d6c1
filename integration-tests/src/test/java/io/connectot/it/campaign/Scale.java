// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;

/**
 * The traffic and durations of a campaign.
 *
 * @param outage how long a killed process is down, and a connector is paused
 * @param frozen how long Kafka does not answer
 * @param cut how long the network is cut or delayed
 * @param mqttPerSecond messages per second for the MQTT source
 * @param recordsPerSecond records per second for the MQTT sink
 * @param counters how many counters the OPC UA server has
 * @param counterPeriod how long a counter value holds
 * @param disk the size of Kafka's disk, in bytes
 */
record Scale(
    Duration outage,
    Duration frozen,
    Duration cut,
    int mqttPerSecond,
    int recordsPerSecond,
    int counters,
    Duration counterPeriod,
    long disk) {
  private static final Scale SHORT =
      new Scale(
          Duration.ofSeconds(3),
          Duration.ofSeconds(15),
          Duration.ofSeconds(8),
          200,
          80,
          20,
          Duration.ofMillis(250),
          512L << 20);

  private static final Scale FULL =
      new Scale(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          500,
          200,
          100,
          Duration.ofMillis(100),
          2L << 30);

  /** Whether the full campaign runs, with {@code -Dcampaign}. */
  static boolean isFull() {
    return Boolean.getBoolean("campaign");
  }

  /** The scale of this build. */
  static Scale current() {
    return isFull() ? FULL : SHORT;
  }
}
