// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.record;

import io.connectot.core.model.Quality;
import java.time.Instant;

/** The content of a record, reduced to what the console shows. */
public sealed interface PlantRecord {
  /** The unified-namespace path of the tag or device. */
  String path();

  /** The connector that wrote the record. */
  String connector();

  /**
   * A value of a tag.
   *
   * @param value as text; null when there is none
   * @param number the value for a chart; NaN if the value is not a number
   * @param json the record's value, as it is in the topic
   */
  record TagValue(
      String path,
      String device,
      String tag,
      String protocol,
      String connector,
      String value,
      double number,
      String type,
      Quality quality,
      String status,
      String unit,
      Instant time,
      boolean historical,
      RecordText json)
      implements PlantRecord {}

  /**
   * The state of a device.
   *
   * @param state {@code ONLINE}, {@code DEGRADED} or {@code OFFLINE}
   * @param cause null when it is online
   * @param validUntil the time until which the state is valid; afterwards it is unknown
   */
  record DeviceState(
      String path,
      String device,
      String protocol,
      String connector,
      String state,
      String cause,
      String endpoint,
      Instant since,
      Instant validUntil)
      implements PlantRecord {}

  /**
   * Values that are missing between two instants.
   *
   * @param tag null for a gap of the whole device
   * @param start null when no value was known before
   */
  record Gap(
      String path,
      String device,
      String tag,
      String connector,
      Instant start,
      Instant end,
      String cause,
      boolean filled)
      implements PlantRecord {}

  /** An event or alarm of a device. */
  record DeviceEvent(
      String path,
      String device,
      String connector,
      String type,
      int severity,
      String message,
      Boolean active,
      Instant time)
      implements PlantRecord {}

  /** A message that a connector could not read. */
  record DeadLetter(String path, String connector, String reason, Instant time)
      implements PlantRecord {}
}
