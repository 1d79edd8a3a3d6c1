// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Kafka, a Connect worker and a simulated plant in one process. */
package io.connectot.quickstart;
