// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The configuration of the OPC UA source: subscriptions, resumption, events. */
package io.connectot.opcua.settings;
