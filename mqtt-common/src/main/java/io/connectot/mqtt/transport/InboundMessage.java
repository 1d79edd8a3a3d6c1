// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * A message from the broker. Immutable.
 *
 * @param epoch the connection it came over
 * @param payload not to be changed
 * @param packetId 0 for QoS 0
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares messages
public record InboundMessage(
    long epoch,
    String topic,
    byte[] payload,
    int qos,
    boolean retained,
    boolean duplicate,
    int packetId,
    MessageProperties properties) {}
