// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

/** A message of an edge node, as Sparkplug sends most of them: QoS 0, not retained. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SparkplugMessage(String topic, byte[] payload) {}
