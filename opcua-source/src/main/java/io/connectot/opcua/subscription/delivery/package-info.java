// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values, events and history on their way from notifications to the runtime. */
package io.connectot.opcua.subscription.delivery;
