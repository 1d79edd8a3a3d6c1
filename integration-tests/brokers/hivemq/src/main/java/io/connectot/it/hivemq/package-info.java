// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** An MQTT broker that is not ours, in a process of its own. */
package io.connectot.it.hivemq;
