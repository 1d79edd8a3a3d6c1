// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Publishes messages in order, and knows which the broker has. */
package io.connectot.mqtt.sink.publish;
