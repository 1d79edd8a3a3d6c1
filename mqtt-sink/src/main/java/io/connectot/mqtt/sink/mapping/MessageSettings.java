// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import java.time.Duration;
import java.util.Optional;

/**
 * How messages are made of records. Immutable.
 *
 * @param topic of the message
 * @param qos 0 to 2
 * @param expiry zero for none
 * @param payloadField the field that is published alone; empty for the whole value
 * @param maxBytes the longest payload
 * @param properties whether messages have properties, that is, whether the broker speaks MQTT 5
 */
public record MessageSettings(
    RecordTemplate topic,
    RecordSetting<Integer> qos,
    RecordSetting<Boolean> retain,
    RecordSetting<Duration> expiry,
    Optional<String> payloadField,
    TombstonePolicy tombstones,
    HeaderPolicy headers,
    int maxBytes,
    boolean properties) {}
