// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/**
 * One {@code subscriptions.<name>} line, as far as the broker is concerned.
 *
 * @param name the name in the key
 * @param filter the topic filter as written, possibly beginning with {@code $share/<group>/}
 * @param qos the QoS to ask for, 0, 1 or 2
 */
public record SourceSubscription(String name, String filter, int qos, RetainedPolicy retained) {}
