// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Subscriptions and monitored items at the server: creates, splits, retries and deletes them. */
package io.connectot.opcua.subscription.item;
