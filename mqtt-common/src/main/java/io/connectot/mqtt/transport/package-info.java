// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The connection to one broker as other modules use it, whatever implements it. */
package io.connectot.mqtt.transport;
