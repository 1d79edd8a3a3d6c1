// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A page on the quickstart's worker that breaks the simulated plant. */
package io.connectot.quickstart.breakit;
