// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Turns what a source tells into Kafka Connect records. */
package io.connectot.core.mapping;
