// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

/** Which QoS 0 message is dropped when the queue is full. */
public enum OverflowPolicy {
  DROP_NEWEST,
  DROP_OLDEST
}
