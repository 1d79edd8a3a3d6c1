// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** SunSpec devices: models whose addresses are found by a walk over the register map. */
package io.connectot.modbus.sunspec;
