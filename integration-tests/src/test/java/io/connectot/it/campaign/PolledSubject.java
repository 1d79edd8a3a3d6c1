// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A polled device, which does not store past values. */
abstract class PolledSubject extends DeviceSubject {
  static final int SENDERS = 4;

  private static final Duration PERIOD = Duration.ofMillis(500);

  private final Map<String, String> config = new LinkedHashMap<>();

  PolledSubject(String title, String servers, String name, String connectorClass) {
    super(title, servers, name, SENDERS, PERIOD);
    config.put("connector.class", connectorClass);
    config.put("tasks.max", "1");
    config.put("topic", name);
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    config.put("report", "changes");
    config.put("poll.interval.ms", "100");
    config.put("validate.connection", "false");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
  }

  /** The address of the tag that is added under load. */
  abstract String spareAddress();

  @Override
  final void arrived(int sender, int number, JsonNode value) {
    ledger().read(sender, number, value.get("event_time_ns").asLong());
  }

  @Override
  final boolean keepsEverything() {
    return false;
  }

  @Override
  final Map<String, String> config() {
    return config;
  }

  @Override
  final void reconfigure() {
    config.put("tags.spare", spareAddress());
    config.put("poll.interval.ms", "150");
  }
}
