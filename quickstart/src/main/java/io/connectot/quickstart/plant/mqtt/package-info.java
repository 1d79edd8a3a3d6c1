// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Simulated devices that publish by MQTT. */
package io.connectot.quickstart.plant.mqtt;
