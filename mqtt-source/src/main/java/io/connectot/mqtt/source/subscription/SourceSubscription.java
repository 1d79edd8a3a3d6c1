// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/**
 * One {@code subscriptions.<name>} line, as far as the broker is concerned.
 *
 * @param name the name in the key
 * @param filter the topic filter as written, possibly beginning with {@code $share/<group>/}
 * @param qos the QoS to ask for, 0 to 2; where QoS 2 is read as 1, it is 1 already
 * @param retained to be asked for as retain handling where the protocol has it. Messages are not to
 *     be asked for "as published": then the flag tells those the broker kept from live ones, and
 *     the mapper drops the former under {@link RetainedPolicy#SKIP}
 */
public record SourceSubscription(String name, String filter, int qos, RetainedPolicy retained) {}
