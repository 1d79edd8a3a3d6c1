// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Connections of the simulated devices to an MQTT broker. */
package io.connectot.quickstart.plant.broker;
