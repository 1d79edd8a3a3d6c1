// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/** A name and a value (MQTT 5.0 §3.3.2.3.7); a name may occur several times in a message. */
public record UserProperty(String name, String value) {}
