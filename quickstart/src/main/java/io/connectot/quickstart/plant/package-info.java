// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A simulated plant: machines with registers, read by Modbus or OPC UA. */
package io.connectot.quickstart.plant;
