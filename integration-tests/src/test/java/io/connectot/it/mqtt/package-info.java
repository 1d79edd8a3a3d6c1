// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The MQTT source and sink, between brokers that are not ours and Kafka. */
package io.connectot.it.mqtt;
