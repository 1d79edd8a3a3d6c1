// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** An independent MQTT broker in its own process. */
package io.connectot.it.hivemq;
