// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values that change over time. */
package io.connectot.quickstart.plant.signal;
