// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The socket of a broker connection: TCP, TLS and WebSocket framing. */
package io.connectot.mqtt.socket;
