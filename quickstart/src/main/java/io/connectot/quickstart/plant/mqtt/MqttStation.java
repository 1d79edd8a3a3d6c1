// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import java.io.IOException;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A device and its connection, which it opens again when possible. For one thread, except {@link
 * #alsoPublish}, which is thread-safe.
 */
final class MqttStation implements AutoCloseable {
  private static final double SECONDS_BETWEEN_ATTEMPTS = 1;

  private final MqttDevice device;
  private final MqttLink link;
  private final double interval;
  private final Queue<DeviceMessage> more = new ConcurrentLinkedQueue<>();
  private double nextAttempt;
  private long reported = -1;

  MqttStation(MqttDevice device, MqttLink link) {
    this.device = device;
    this.link = link;
    this.interval = device.interval().toMillis() / 1e3;
  }

  /** Publishes a message with the next report. */
  void alsoPublish(DeviceMessage message) {
    more.add(message);
  }

  /** Performs the next step: connects, reports, or loses coverage. */
  void step(double seconds, Instant time) {
    if (!device.isReachable(seconds)) {
      link.cut();
      return;
    }
    try {
      if (!link.isConnected()) {
        if (seconds < nextAttempt) {
          return;
        }
        nextAttempt = seconds + SECONDS_BETWEEN_ATTEMPTS;
        link.connect(device.will(), device.commandTopic(), device::obey);
        if (device.birth().isPresent()) {
          link.publish(device.birth().get());
        }
      }
      long turn = (long) (seconds / interval);
      if (turn != reported) {
        reported = turn;
        for (DeviceMessage message : device.report(seconds, time)) {
          link.publish(message);
        }
        for (DeviceMessage message = more.poll(); message != null; message = more.poll()) {
          link.publish(message);
        }
      }
    } catch (IOException e) {
      // As a real device, drops the message and reconnects.
      link.cut();
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
