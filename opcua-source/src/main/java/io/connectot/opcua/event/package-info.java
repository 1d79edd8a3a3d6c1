// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Events and alarms of servers. */
package io.connectot.opcua.event;
