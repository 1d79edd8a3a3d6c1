// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.model.Quality;
import io.connectot.mqtt.source.payload.select.JsonScope;

/**
 * What all values of a sample have in common.
 *
 * @param scope the sample in its document
 * @param device the device of the values
 * @param prefix of the tags; empty for none
 * @param nanos the time, epoch nanoseconds
 * @param quality of the values; UNCERTAIN if the time cannot be read
 * @param status the reason of a quality other than GOOD; null for none
 * @param unit of values without a constant one; null for none
 */
record Sample(
    JsonScope scope,
    TagRegistry.Entry device,
    String prefix,
    long nanos,
    Quality quality,
    String status,
    String unit) {}
