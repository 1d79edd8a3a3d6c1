// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

/** Which message of QoS 0 is dropped when too many wait. */
public enum OverflowPolicy {
  DROP_NEWEST,
  DROP_OLDEST
}
