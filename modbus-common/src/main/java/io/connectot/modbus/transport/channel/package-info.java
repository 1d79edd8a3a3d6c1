// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Network and serial channels that carry frames; how they are opened and closed. */
package io.connectot.modbus.transport.channel;
