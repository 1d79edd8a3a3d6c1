// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests of the MQTT source and sink with independent brokers and Kafka. */
package io.connectot.it.mqtt;
