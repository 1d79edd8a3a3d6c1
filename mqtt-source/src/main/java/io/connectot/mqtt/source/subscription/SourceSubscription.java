// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

/**
 * The broker's part of a {@code subscriptions.<name>} line.
 *
 * @param name the subscription name
 * @param filter the topic filter as written, including {@code $share/<group>/}
 * @param qos the QoS to request, 0 to 2, after applying {@link QosTwoPolicy}
 * @param retained requested as retain handling with MQTT 5. Messages are requested without
 *     retain-as-published, so that the retain flag marks messages kept from before, which the
 *     mapper drops with {@link RetainedPolicy#SKIP}
 */
public record SourceSubscription(String name, String filter, int qos, RetainedPolicy retained) {}
