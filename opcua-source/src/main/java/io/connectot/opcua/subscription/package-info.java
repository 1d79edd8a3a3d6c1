// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Subscriptions and monitored items: what a session delivers and acknowledges. */
package io.connectot.opcua.subscription;
