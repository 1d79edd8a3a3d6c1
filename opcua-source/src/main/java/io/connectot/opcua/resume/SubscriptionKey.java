// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

/**
 * Which subscription of which life of a server: ids begin anew when a server restarts.
 *
 * @param id the server's number for it
 * @param serverStart when the server was started, ticks
 * @param part which part of the tags it monitors, {@code index/count}: another task's subscription
 *     must not be taken over
 */
public record SubscriptionKey(long id, long serverStart, String part) {}
