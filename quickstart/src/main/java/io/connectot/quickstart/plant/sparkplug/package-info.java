// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Simulated edge nodes of Sparkplug B. */
package io.connectot.quickstart.plant.sparkplug;
