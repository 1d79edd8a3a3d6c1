// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * A message from the broker. Immutable.
 *
 * @param epoch number of the connection that delivered it
 * @param payload must not be modified
 * @param packetId 0 for QoS 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InboundMessage(
    long epoch,
    String topic,
    byte[] payload,
    int qos,
    boolean retained,
    boolean duplicate,
    int packetId,
    MessageProperties properties) {}
