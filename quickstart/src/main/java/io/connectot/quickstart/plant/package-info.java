// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A simulated plant: machines whose registers change like those of real machines. */
package io.connectot.quickstart.plant;
