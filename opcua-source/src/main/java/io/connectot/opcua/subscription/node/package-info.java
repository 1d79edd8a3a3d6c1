// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * What a session keeps of its nodes and subscriptions: offsets, values that wait, messages in
 * flight.
 */
package io.connectot.opcua.subscription.node;
