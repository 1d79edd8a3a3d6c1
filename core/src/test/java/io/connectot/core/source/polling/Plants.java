// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.delivery.TrackedDelivery;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Devices, tags and records that tests need and do not care about. */
public final class Plants {
  private static final ReportPolicy CHANGES =
      new ReportPolicy(Mode.CHANGES, Deadband.NONE, Optional.empty());

  private Plants() {}

  public static Device<String> device(String name) {
    return new Device<>(name, "fake://line1", name, Map.of());
  }

  public static Device<String> device(String name, String endpoint) {
    return new Device<>(name, endpoint, name, Map.of());
  }

  /** A tag of which only changes are reported. */
  public static Tag<String> tag(String name, Duration interval) {
    return new Tag<>(
        name, name, ValueType.INT64, Optional.empty(), interval, CHANGES, Scaling.NONE, Map.of());
  }

  /** A record of a delivery, of a given size in the buffer. */
  public static TrackedRecord record(TrackedDelivery delivery, String key, int size) {
    return new TrackedRecord(
        Map.of(),
        Map.of(),
        new PreparedRecord(
            "topic",
            Schema.STRING_SCHEMA,
            key,
            Schema.STRING_SCHEMA,
            key,
            0,
            new ConnectHeaders(),
            size),
        delivery);
  }
}
