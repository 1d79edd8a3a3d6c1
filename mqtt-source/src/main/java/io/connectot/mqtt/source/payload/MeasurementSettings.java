// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.mapping.MappingSettings;
import java.util.Optional;

/**
 * How measurements are found in payloads. Immutable.
 *
 * @param mapping how their records are shaped
 * @param endpoint the brokers, for headers
 * @param samples where several samples are
 * @param values where several values are, each under the name of its tag
 * @param value where the value is, in the payload, its sample, or its member of {@code values}
 * @param reader how it is read
 * @param time where the time is; without one a value holds since it was received
 * @param device the name of the device
 * @param tag the name of the tag, unless {@code values} has it
 * @param quality where the quality is; without one a value is good
 * @param unitPointer where the unit is
 * @param unit the unit where the payload has none
 */
record MeasurementSettings(
    MappingSettings mapping,
    String endpoint,
    Optional<JsonPointer> samples,
    Optional<JsonPointer> values,
    JsonPointer value,
    TypedValueReader reader,
    Optional<JsonPointer> time,
    TimeReader timeReader,
    FieldSource device,
    FieldSource tag,
    Optional<JsonPointer> quality,
    QualityReader qualityReader,
    Optional<JsonPointer> unitPointer,
    Optional<String> unit) {

  /** Whether a payload may be a bare value that is no JSON, such as ON. */
  boolean allowsBareText() {
    return samples.isEmpty()
        && values.isEmpty()
        && value.matches()
        && time.isEmpty()
        && quality.isEmpty()
        && unitPointer.isEmpty()
        && device instanceof FieldSource.OfTopic
        && tag instanceof FieldSource.OfTopic;
  }
}
